import type { Language } from '../../domain/languages';

/** A mail before it is put into text and HTML. */
export interface MailContent {
  readonly language: Language;
  readonly subject: string;
  /** Paragraphs of lines; where the link stands it is written out. */
  readonly paragraphs: readonly (readonly string[])[];
  readonly link: { readonly address: string; readonly label: string };
  /** Small print: why somebody gets the mail, and how to say no. */
  readonly footer: readonly string[];
  readonly optOut: { readonly address: string; readonly label: string } | null;
}

/** What is sent. */
export interface WrittenMail {
  readonly text: string;
  readonly html: string;
}

const font = "font-family:Inter,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const ink = '#16242c';
const softInk = '#4a5a64';
const own = '#0b4f6c';

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function writeText({ paragraphs, footer, optOut }: MailContent): string {
  const body = paragraphs.map((lines) => lines.join('\n'));
  const small = [...footer, ...(optOut === null ? [] : [`${optOut.label}: ${optOut.address}`])];
  return `${[...body, `-- \n${small.join('\n')}`].join('\n\n')}\n`;
}

function writeButton({ address, label }: MailContent['link']): string {
  const style = `display:inline-block;padding:13px 22px;border-radius:6px;background:${own};color:#ffffff;font-weight:600;text-decoration:none`;
  return `<a href="${escapeHtml(address)}" style="${style}">${escapeHtml(label)}</a>`;
}

/** A link that stands alone is a button; below it the address, for programs that show no buttons. */
function writeParagraph(lines: readonly string[], link: MailContent['link']): string {
  if (lines.length === 1 && lines[0] === link.address) {
    const shown = `<span style="font-size:14px;color:${softInk};word-break:break-all">${escapeHtml(link.address)}</span>`;
    return `<p style="margin:28px 0 6px">${writeButton(link)}</p>\n<p style="margin:0 0 28px">${shown}</p>`;
  }
  const anchor = `<a href="${escapeHtml(link.address)}" style="color:${own};word-break:break-all">${escapeHtml(link.address)}</a>`;
  const html = lines.map((line) => line.split(link.address).map(escapeHtml).join(anchor)).join('<br>\n');
  return `<p style="margin:0 0 16px">${html}</p>`;
}

function writeFooter({ footer, optOut }: MailContent): string {
  const lines = footer.map(escapeHtml);
  if (optOut !== null) {
    lines.push(`<a href="${escapeHtml(optOut.address)}" style="color:${softInk}">${escapeHtml(optOut.label)}</a>`);
  }
  return `<p style="margin:32px 0 0;padding-top:16px;border-top:1px solid #d5dde2;font-size:14px;color:${softInk}">${lines.join('<br>\n')}</p>`;
}

function writeHtml(content: MailContent): string {
  const body = content.paragraphs.map((lines) => writeParagraph(lines, content.link)).join('\n');
  return `<!doctype html>
<html lang="${content.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(content.subject)}</title>
</head>
<body style="margin:0;padding:24px 16px;background:#ffffff;color:${ink};font-size:17px;line-height:1.55;${font}">
<div style="max-width:600px;margin:0 auto">
${body}
${writeFooter(content)}
</div>
</body>
</html>
`;
}

/**
 * Writes a mail as plain text and as HTML that says the same: one button, no pictures, nothing that is fetched.
 * @param content what it says
 */
export function writeMail(content: MailContent): WrittenMail {
  return { text: writeText(content), html: writeHtml(content) };
}
