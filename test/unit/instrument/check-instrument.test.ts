import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createSurveyFileReader } from '../../../src/db/survey-files';
import { checkInstrument } from '../../../src/domain/instrument/check-instrument';
import { checkAgainstEarlier } from '../../../src/domain/instrument/check-new-version';
import { codebookSchema, type BaselineLink, type Codebook } from '../../../src/domain/instrument/codebook';
import { nameKnownFigures, type KnownFigures } from '../../../src/domain/instrument/known-figures';
import { loadBaselines } from '../../../src/platform/load-baselines';
import { compileInstrument, hashInstrument } from '../../../src/domain/instrument/compile-instrument';
import {
  buildCodebook,
  buildInstrument,
  buildSurvey,
  label,
  surveyText,
  type InstrumentSource,
  type SurveyJson,
} from '../../support/instruments/build-instrument';

const source: InstrumentSource = {
  bases: { with_new: "{new_any} = 'yes'" },
  pages: [
    {
      name: 'start',
      questions: [
        { name: 'new_any', type: 'radiogroup', codes: ['yes', 'no'] },
        {
          name: 'kinds',
          type: 'checkbox',
          codes: ['product', 'service', 'none'],
          exclusive: ['none'],
          visibleIf: "{new_any} = 'yes'",
          base: 'with_new',
        },
      ],
    },
    {
      name: 'more',
      questions: [
        { name: 'people', type: 'number', properties: { min: 0 } },
        { name: 'story', type: 'comment', properties: { maxLength: 100 } },
      ],
    },
  ],
};

type Writable<Value> = { -readonly [Key in keyof Value]: Writable<Value[Key]> };

function faultsAfter(change: (survey: SurveyJson, codebook: Writable<Codebook>) => void, figures?: KnownFigures) {
  const survey = buildSurvey(source);
  const codebook = structuredClone(buildCodebook(source)) as Writable<Codebook>;
  change(survey, codebook);
  return checkInstrument({ survey: JSON.stringify(survey), codebook: JSON.stringify(codebook) }, figures).map(
    ({ file, place, message }) => `${file} ${place}: ${message}`,
  );
}

const question = (survey: SurveyJson, page: number, index: number) => survey.pages[page]!.elements[index]!;

describe('checking an instrument', () => {
  it('finds nothing in a sound one', () => {
    expect(faultsAfter(() => undefined)).toEqual([]);
  });

  it('finds nothing in the workplace instrument, whose links all lead to a published figure', async () => {
    const surveys = join(__dirname, '../../../surveys');
    const read = (name: string) => readFileSync(join(surveys, 'workplace/1', name), 'utf8');
    const figures = nameKnownFigures((await loadBaselines(createSurveyFileReader(surveys))).rows);
    expect(checkInstrument({ survey: read('survey.json'), codebook: read('codebook.json') }, figures)).toEqual([]);
  });

  it('says when a file is no JSON', () => {
    const [fault] = checkInstrument({ survey: '{', codebook: buildInstrument(source).codebook });
    expect(fault).toMatchObject({ file: 'survey.json', place: '(file)' });
    expect(fault?.message).toMatch(/^is not valid JSON/);
  });

  it.each<[string, (survey: SurveyJson, codebook: Writable<Codebook>) => void, string | RegExp]>([
    [
      'an unsupported question type',
      (survey) => (question(survey, 1, 0)['type'] = 'matrix'),
      'survey.json pages[1].elements[0].type: question type "matrix" is not supported; supported types: radiogroup, checkbox, text, comment',
    ],
    [
      'an unsupported property',
      (survey) => (question(survey, 0, 1)['showOtherItem'] = true),
      /^survey\.json pages\[0\]\.elements\[1\]: property "showOtherItem" not supported; supported here: type, name/,
    ],
    ['triggers', (survey) => (survey['triggers'] = []), /^survey\.json \(file\): property "triggers" not supported/],
    [
      'a missing title',
      (survey) => delete question(survey, 0, 0)['title'],
      'survey.json pages[0].elements[0].title: is missing',
    ],
    [
      'a missing translation of a title',
      (survey) => (question(survey, 0, 0)['title'] = { ...surveyText('x'), nn: ' ' }),
      'survey.json pages[0].elements[0].title: translation missing: nn',
    ],
    [
      'a missing translation of a page',
      (survey) => (survey.pages[1]!['title'] = { nb: 'x', nn: 'x', en: 'x', da: 'x' }),
      'survey.json pages[1].title: translation missing: default (bokmål)',
    ],
    [
      'a missing translation of a choice',
      (survey) => (question(survey, 0, 0).choices![1]!['text'] = 'Nei'),
      'survey.json pages[0].elements[0].choices[1].text: is one text; give one for each of default, nn, en, da',
    ],
    [
      'a repeated question',
      (survey) => survey.pages[1]!.elements.push({ ...question(survey, 1, 0) }),
      'survey.json pages[1].elements[2].name: "people" is used twice',
    ],
    [
      'a renamed question, in survey.json',
      (survey) => (question(survey, 1, 0)['name'] = 'persons'),
      'survey.json pages[1].elements[0].name: codebook.json has no variable "persons" (renamed?)',
    ],
    [
      'a renamed question, in codebook.json',
      (survey) => (question(survey, 1, 0)['name'] = 'persons'),
      'codebook.json variables[2].name: no question is called "people" (renamed?)',
    ],
    [
      'a name against the pattern',
      (survey) => (question(survey, 1, 0)['name'] = 'Antall-ansatte'),
      /^survey\.json pages\[1\]\.elements\[0\]\.name: "Antall-ansatte" does not follow the pattern/,
    ],
    [
      'a choice that the codebook lacks',
      (survey) => question(survey, 0, 0).choices!.push({ value: 'maybe', text: surveyText('Kanskje') }),
      'survey.json pages[0].elements[0].choices[2].value: codebook.json has no code "maybe" for new_any',
    ],
    [
      'a missing choice',
      (survey) => question(survey, 0, 1).choices!.pop(),
      'survey.json pages[0].elements[1].choices: code "none" of codebook.json is missing',
    ],
    [
      'choices in another order',
      (survey) => question(survey, 0, 0).choices!.reverse(),
      'survey.json pages[0].elements[0].choices: order differs from codebook.json: yes, no',
    ],
    [
      'another type',
      (_survey, codebook) => (codebook.variables[3]!.type = 'number'),
      'survey.json pages[1].elements[1].type: is a text question, but codebook.json says number',
    ],
    [
      'an unknown variable in a condition',
      (survey) => (question(survey, 0, 1)['visibleIf'] = "{new_all} = 'yes'"),
      'survey.json pages[0].elements[1].visibleIf: unknown variable "new_all"',
    ],
    [
      'an unknown code in a condition',
      (survey) => (question(survey, 0, 1)['visibleIf'] = "{new_any} = 'ja'"),
      'survey.json pages[0].elements[1].visibleIf: "new_any" has no code "ja"',
    ],
    [
      'a condition that cannot be read',
      (survey) => (question(survey, 0, 1)['visibleIf'] = '{new_any = 1'),
      'survey.json pages[0].elements[1].visibleIf: "{new_any = 1" cannot be read as a condition',
    ],
    [
      'a function in a condition',
      (survey) => (question(survey, 0, 1)['visibleIf'] = 'today() > 1'),
      'survey.json pages[0].elements[1].visibleIf: only comparisons of one variable with constants, joined by and, or, !, are supported',
    ],
    [
      'an operator that does not fit',
      (survey) => (survey.pages[1]!['visibleIf'] = "{kinds} = 'service'"),
      /^survey\.json pages\[1\]\.visibleIf: equal cannot be used on multiple "kinds"; use contains/,
    ],
    [
      'a condition on a later question',
      (survey) => (question(survey, 0, 1)['visibleIf'] = '{people} > 3'),
      'survey.json pages[0].elements[1].visibleIf: reads "people", which is not asked earlier',
    ],
    [
      'an unreachable page',
      (survey) => (survey.pages[1]!['visibleIf'] = "{new_any} = 'no' and {kinds} notempty"),
      'survey.json pages[1]: page "more" is never shown, whatever is answered',
    ],
    [
      'an unreachable question',
      (survey) => (question(survey, 1, 1)['visibleIf'] = '{people} > 3 and {people} < 2'),
      'survey.json pages[1].elements[1]: "story" is never shown, whatever is answered',
    ],
    [
      'a base that is narrower than the routing',
      (survey) => delete question(survey, 0, 1)['visibleIf'],
      'codebook.json variables[1].base: "kinds" is asked outside base "with_new", for instance with {}',
    ],
    [
      'a base that is wider than the routing',
      (_survey, codebook) => (codebook.variables[1]!.base = 'everybody'),
      'codebook.json variables[1].base: "kinds" is not asked of everybody in base "everybody", for instance with {}',
    ],
    [
      'an unknown code in a base',
      (_survey, codebook) => (codebook.bases[1]!.when = "{new_any} = 'ja'"),
      'codebook.json bases[1].when: "new_any" has no code "ja"',
    ],
    [
      'an unknown base',
      (_survey, codebook) => (codebook.variables[0]!.base = 'x'),
      'codebook.json variables[0].base: unknown base "x"',
    ],
    [
      'a repeated variable',
      (_survey, codebook) => codebook.variables.push(codebook.variables[0]!),
      'codebook.json variables[4].name: "new_any" is used twice',
    ],
    [
      'a reserved name',
      (_survey, codebook) => (codebook.variables[3]!.name = 'constructor'),
      'codebook.json variables[3].name: "constructor" is a reserved word',
    ],
    [
      'an exclusive value outside a multiple choice',
      (_survey, codebook) => (codebook.variables[0]!.values![0]!.exclusive = true),
      'codebook.json variables[0].values[0].exclusive: only a multiple choice has exclusive values',
    ],
    [
      'a missing label in the codebook',
      (_survey, codebook) => Reflect.deleteProperty(codebook.variables[0]!.label, 'nn'),
      'codebook.json variables[0].label.nn: is missing',
    ],
    [
      'an unknown default theme',
      (_survey, codebook) => (codebook.defaultTheme = 'x'),
      'codebook.json defaultTheme: unknown theme "x"',
    ],
    [
      'an unknown theme',
      (_survey, codebook) => (codebook.indicators[0]!.themes = ['x']),
      'codebook.json indicators[0].themes[0]: unknown theme "x"',
    ],
    [
      'an unknown variable in an indicator',
      (_survey, codebook) => (codebook.indicators[0]!.denominator.answered = ['x']),
      'codebook.json indicators[0].denominator.answered[0]: unknown variable "x"',
    ],
    [
      'an unknown code in an indicator',
      (_survey, codebook) => (codebook.indicators[0]!.options[0]!.numerator[0]!.in = ['x']),
      'codebook.json indicators[0].options[0].numerator[0].in[0]: "new_any" has no code "x"',
    ],
    [
      'an indicator over a text',
      (_survey, codebook) => (codebook.indicators[0]!.options[0]!.numerator[0]!.variable = 'story'),
      'codebook.json indicators[0].options[0].numerator[0].variable: "story" is a text and has no codes',
    ],
    [
      'an unknown headline option',
      (_survey, codebook) => (codebook.indicators[0]!.headline = ['x']),
      'codebook.json indicators[0].headline[0]: unknown option "x"',
    ],
    [
      'too low sensitivity',
      (_survey, codebook) => {
        codebook.variables[0]!.sensitivity = 1;
        codebook.indicators[0]!.sensitivity = 0;
      },
      'codebook.json indicators[0].sensitivity: is lower than that of new_any',
    ],
    [
      'a denominator beyond those asked',
      (_survey, codebook) => (codebook.indicators[0]!.denominator.answered = ['new_any', 'kinds']),
      'codebook.json indicators[0].denominator.answered[1]: "kinds" is not asked of everybody in base "everybody", for instance with {}',
    ],
    [
      'a base that nobody is in',
      (_survey, codebook) =>
        codebook.bases.push({ id: 'nobody', label: label('x'), when: '{people} > 3 and {people} < 2' }),
      'codebook.json bases[2].when: nobody is in base "nobody", whatever is answered',
    ],
    [
      'more codes asked for than can be chosen together',
      (_survey, codebook) => {
        codebook.variables[1]!.values!.forEach((value) => (value.exclusive = true));
        codebook.indicators[0]!.options[0]!.numerator = [
          { variable: 'kinds', in: ['product', 'service', 'none'], atLeast: 2 },
        ];
      },
      'codebook.json indicators[0].options[0].numerator[0].atLeast: is 2, but at most 1 of the codes can be chosen together',
    ],
    [
      'a title that is no text',
      (survey) => (question(survey, 0, 0)['title'] = 5),
      'survey.json pages[0].elements[0].title: is 5; expected a text or an object { … }',
    ],
    [
      'a translation that is no text',
      (survey) => (question(survey, 0, 0)['title'] = { ...surveyText('x'), nn: 5 }),
      'survey.json pages[0].elements[0].title.nn: is 5; expected a text',
    ],
    [
      'a page without questions',
      (survey) => (survey.pages[1]!.elements = []),
      'survey.json pages[1].elements: is an empty list; expected at least one entry',
    ],
    [
      'a question that is no object',
      (survey) => Reflect.set(survey.pages[1]!.elements, 0, 'people'),
      'survey.json pages[1].elements[0]: is "people"; expected an object { … }',
    ],
    [
      'a wrong class of sensitivity',
      (_survey, codebook) => Reflect.set(codebook.variables[0]!, 'sensitivity', 2),
      'codebook.json variables[0].sensitivity: is 2; expected 0 or 1',
    ],
    [
      'a word that is no choice',
      (_survey, codebook) => Reflect.set(codebook, 'population', 'all'),
      'codebook.json population: is "all"; expected "managers" or "employees"',
    ],
    [
      'a version that is no whole number',
      (_survey, codebook) => (codebook.version = 1.5),
      'codebook.json version: is 1.5; expected a whole number',
    ],
    [
      'a version below 1',
      (_survey, codebook) => (codebook.version = 0),
      'codebook.json version: is 0; expected at least 1',
    ],
    [
      'a blank label',
      (_survey, codebook) => (codebook.variables[0]!.label.nn = ' '),
      'codebook.json variables[0].label.nn: is " "; expected a text',
    ],
    [
      'a name that conditions of survey-core use themselves',
      (_survey, codebook) => (codebook.variables[2]!.name = 'locale'),
      'codebook.json variables[2].name: "locale" is a reserved word',
    ],
  ])('finds %s', (_name, change, expected) => {
    const found = faultsAfter(change);
    expect(
      found.filter((fault) => (typeof expected === 'string' ? fault === expected : expected.test(fault))),
    ).toHaveLength(1);
  });

  it.each<[string, Partial<BaselineLink>, string]>([
    ['baseline', { baseline: 'mars' }, 'baseline: unknown baseline "mars"; known: denmark, norway'],
    ['indicator', { indicatorId: 'c' }, 'indicatorId: "denmark" has no indicator "c"; known: a, b'],
    ['option', { optionId: 'z' }, 'optionId: "a" of "denmark" has no option "z"; known: "", x'],
    ['option of another baseline', { baseline: 'norway' }, 'optionId: "a" of "norway" has no option "x"; known: y'],
    [
      'count instead of a share',
      { indicatorId: 'b', optionId: 'n' },
      'optionId: "b" of "denmark" has no option "n"; known: x',
    ],
  ])('finds a link to a published figure with a wrong %s', (_name, wrong, expected) => {
    const row = (indicator_id: string, option_id: string, unit = 'percent') => ({ indicator_id, option_id, unit });
    const figures = nameKnownFigures(
      new Map([
        ['denmark', [row('a', ''), row('a', 'x'), row('b', 'x'), row('b', 'n', 'number')]],
        ['norway', [row('a', 'y')]],
      ]),
    );
    const right: BaselineLink = {
      baseline: 'denmark',
      indicatorId: 'a',
      optionId: 'x',
      comparability: 'own',
      why: label('fordi'),
    };
    const linkTo = (link: BaselineLink) => (_survey: SurveyJson, codebook: Writable<Codebook>) => {
      codebook.indicators[0]!.options[0]!.baselines = [link];
    };
    expect(faultsAfter(linkTo({ ...right, ...wrong }))).toEqual([]);
    expect(faultsAfter(linkTo(right), figures)).toEqual([]);
    expect(faultsAfter(linkTo({ ...right, ...wrong }), figures)).toEqual([
      `codebook.json indicators[0].options[0].baselines[0].${expected}`,
    ]);
  });

  it('tells faults of several kinds at once', () => {
    const found = faultsAfter((survey, codebook) => {
      question(survey, 0, 0)['title'] = { ...surveyText('x'), da: '' };
      question(survey, 0, 1)['visibleIf'] = "{new_any} = 'ja'";
      codebook.defaultTheme = 'x';
    });
    expect(found).toHaveLength(3);
  });
});

describe('compiling', () => {
  it('refuses a faulty instrument with the first fault', () => {
    const files = buildInstrument(source);
    expect(() => compileInstrument({ ...files, survey: '[]' })).toThrow('survey.json (file): ');
  });

  it('identifies the exact bytes of both files', () => {
    expect(hashInstrument({ survey: 'a', codebook: 'b' })).toBe(
      '59b271ae1bbcb1d31d41929817f4b16fb439eb4f31520b5ad1d5ce98920a7138',
    );
    const files = buildInstrument(source);
    expect(hashInstrument(files)).not.toBe(hashInstrument({ ...files, survey: `${files.survey} ` }));
  });

  it('builds a survey-core model nowhere but in the check', () => {
    const folder = join(__dirname, '../../../src/domain/instrument');
    const building = readdirSync(folder).filter((name) =>
      /\bnew (Survey)?Model\b/.test(readFileSync(join(folder, name), 'utf8')),
    );
    expect(building).toEqual(['check-with-survey-core.ts']);
  });
});

describe('a new version', () => {
  const earlier = buildCodebook(source);
  const later = (change: (codebook: Writable<Codebook>) => void): readonly string[] => {
    const codebook = structuredClone({ ...earlier, version: 2 }) as Writable<Codebook>;
    change(codebook);
    return checkAgainstEarlier(codebookSchema.parse(codebook), earlier).map(
      ({ place, message }) => `${place}: ${message}`,
    );
  };

  it('may add and drop variables', () => {
    expect(
      later((codebook) => {
        codebook.variables[3] = { ...codebook.variables[3]!, name: 'comments', label: label('noe annet') };
      }),
    ).toEqual([]);
  });

  it('must have a higher version and the same name', () => {
    expect(later((codebook) => (codebook.version = 1))).toEqual(['version: must be higher than the earlier version 1']);
    expect(later((codebook) => (codebook.instrument = 'x'))).toEqual([
      'instrument: "x" is another instrument than "probe"',
    ]);
  });

  it('must not rename a variable', () => {
    expect(later((codebook) => (codebook.variables[3]!.name = 'tale'))).toEqual([
      'variables[3].name: "story" seems renamed to "tale"; keep the name or change the label',
    ]);
  });

  it('must not change type or base under the same name', () => {
    expect(
      later((codebook) => {
        codebook.variables[2]!.type = 'text';
        codebook.bases[1]!.when = "{new_any} = 'no'";
      }),
    ).toEqual([
      'variables[1].base: was "with_new"; a changed base needs a new name',
      'variables[2].type: was number; a changed type needs a new name',
    ]);
  });

  it('must not move a meaning to another code', () => {
    expect(
      later((codebook) => {
        const [yes, no] = codebook.variables[0]!.values!;
        codebook.variables[0]!.values = [
          { code: 'yes', label: no!.label },
          { code: 'no', label: yes!.label },
        ];
      }),
    ).toEqual([
      'variables[0].values[0].code: "no" had the code "no"',
      'variables[0].values[1].code: "yes" had the code "yes"',
    ]);
  });
});
