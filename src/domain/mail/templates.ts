/** Mails that a wave sends: the first one to a person, and those that follow. */
export const mailKinds = ['invitation', 'reminder'] as const;
export type MailKind = (typeof mailKinds)[number];

/** What a template may hold between braces. */
export const placeholders = [
  'navn',
  'arbeidsplass',
  'organisasjon',
  'nettverk',
  'frist',
  'lenke',
  'minutter',
  'kontakt',
] as const;
export type Placeholder = (typeof placeholders)[number];

/** Values of the placeholders; null: not known for this wave or person. */
export type PlaceholderValues = Readonly<Record<Placeholder, string | null>>;

export interface MailTemplate {
  readonly subject: string;
  /** Paragraphs with an empty line between them. */
  readonly body: string;
}

const longestSubject = 200;
const longestBody = 5000;

/** What is wrong in a template: where, and the end of the text key that says it. */
export interface TemplateFault {
  readonly field: keyof MailTemplate;
  readonly code: 'empty' | 'too_long' | 'unknown_placeholder' | 'link_missing' | 'link_in_subject' | 'brace';
  readonly values: Readonly<Record<string, string | number>>;
}

const braces = /\{([^{}]*)\}/g;

function isPlaceholder(name: string): name is Placeholder {
  return placeholders.some((placeholder) => placeholder === name);
}

function checkText(field: keyof MailTemplate, text: string, most: number): readonly TemplateFault[] {
  if (text.trim() === '') return [{ field, code: 'empty', values: {} }];
  if (text.length > most) return [{ field, code: 'too_long', values: { most } }];
  const unknown = [...text.matchAll(braces)].map(([, name = '']) => name).find((name) => !isPlaceholder(name));
  if (unknown !== undefined) {
    const allowed = placeholders.map((placeholder) => `{${placeholder}}`).join(', ');
    return [{ field, code: 'unknown_placeholder', values: { name: `{${unknown}}`, allowed } }];
  }
  return /[{}]/.test(text.replace(braces, '')) ? [{ field, code: 'brace', values: {} }] : [];
}

/**
 * Looks for what would make a mail useless.
 * @param template subject and body as written
 * @returns faults by field; none when the template can be used
 */
export function checkTemplate({ subject, body }: MailTemplate): readonly TemplateFault[] {
  const faults = [...checkText('subject', subject, longestSubject), ...checkText('body', body, longestBody)];
  if (faults.length > 0) return faults;
  const linkFaults: readonly TemplateFault[] = [
    ...(subject.includes('{lenke}') ? [{ field: 'subject', code: 'link_in_subject', values: {} } as const] : []),
    ...(body.includes('{lenke}') ? [] : [{ field: 'body', code: 'link_missing', values: {} } as const]),
  ];
  return linkFaults;
}

const sentenceEnd = /(?<=[.!?])[ \t]+(?=\S)/;

/** A sentence that asks for something unknown is left out; a name that is unknown only goes itself. */
function fillSentence(sentence: string, values: PlaceholderValues): string {
  const named = values.navn === null ? sentence.replace(/ ?\{navn\}/g, '') : sentence;
  const isIncomplete = placeholders.some((name) => values[name] === null && named.includes(`{${name}}`));
  if (isIncomplete) return '';
  return named.replace(braces, (match, name: string) => (isPlaceholder(name) ? (values[name] ?? '') : match));
}

function fillLine(line: string, values: PlaceholderValues): string | null {
  const filled = line
    .split(sentenceEnd)
    .map((sentence) => fillSentence(sentence, values))
    .filter((sentence) => sentence !== '');
  return filled.length === 0 && line.trim() !== '' ? null : filled.join(' ');
}

/**
 * Puts values into a template. A sentence with a value that is not known is left out.
 * @param template a template without faults
 * @param values values for one person
 * @returns subject, and the body as paragraphs of lines
 */
export function fillTemplate(
  { subject, body }: MailTemplate,
  values: PlaceholderValues,
): { readonly subject: string; readonly paragraphs: readonly (readonly string[])[] } {
  const paragraphs = body
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.split('\n').flatMap((line) => fillLine(line.trim(), values) ?? []))
    .filter((lines) => lines.some((line) => line !== ''));
  return { subject: fillLine(subject.replace(/\s+/g, ' ').trim(), values) ?? '', paragraphs };
}
