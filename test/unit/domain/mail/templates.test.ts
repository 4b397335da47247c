import fc from 'fast-check';
import { checkTemplate, fillTemplate, type PlaceholderValues } from '../../../../src/domain/mail/templates';
import { writeMail } from '../../../../src/formats/mail/write-mail';

const values: PlaceholderValues = {
  navn: 'Kari',
  arbeidsplass: 'Solvang skole',
  organisasjon: 'Asker',
  nettverk: 'Nettverket',
  frist: 'fredag 11. desember 2026',
  lenke: 'https://b.example.org/svar/abc',
  minutter: '5–8',
  kontakt: 'Ingrid',
};

function codes(subject: string, body: string): readonly string[] {
  return checkTemplate({ subject, body }).map(({ field, code }) => `${field}: ${code}`);
}

describe('a template', () => {
  test('needs a subject, a text and the link', () => {
    expect(codes('Hei', 'Svar: {lenke}')).toEqual([]);
    expect(codes(' ', '')).toEqual(['subject: empty', 'body: empty']);
    expect(codes('Hei', 'Svar')).toEqual(['body: link_missing']);
    expect(codes('{lenke}', 'Svar {lenke}')).toEqual(['subject: link_in_subject']);
  });

  test('knows its fields', () => {
    expect(codes('Hei', '{lenke} {Navn}')).toEqual(['body: unknown_placeholder']);
    expect(codes('Hei', '{lenke} {navn')).toEqual(['body: brace']);
    expect(codes('x'.repeat(201), '{lenke}')).toEqual(['subject: too_long']);
  });

  test('is filled in line by line', () => {
    const body = 'Hei {navn},\r\n\r\nSvar innen {frist}. Det tar {minutter} minutter.\n{lenke}';
    expect(fillTemplate({ subject: 'Til {organisasjon}', body }, values)).toEqual({
      subject: 'Til Asker',
      paragraphs: [
        ['Hei Kari,'],
        ['Svar innen fredag 11. desember 2026. Det tar 5–8 minutter.', 'https://b.example.org/svar/abc'],
      ],
    });
  });

  test('leaves out the sentence, or the name, that is not known', () => {
    const body = 'Hei {navn},\n\nSvar innen {frist}. Det tar {minutter} minutter.\n\nSpør {kontakt}.\n\n{lenke}';
    const unknown = { ...values, navn: null, frist: null, kontakt: null };
    expect(fillTemplate({ subject: 'Hei', body }, unknown).paragraphs).toEqual([
      ['Hei,'],
      ['Det tar 5–8 minutter.'],
      ['https://b.example.org/svar/abc'],
    ]);
  });

  test('puts values in as they are, whatever they hold', () => {
    const filled = fillTemplate({ subject: 'x', body: '{navn} {lenke}' }, { ...values, navn: '{frist} $& <b>' });
    expect(filled.paragraphs).toEqual([['{frist} $& <b> https://b.example.org/svar/abc']]);
  });
});

test('whatever a mail says, its HTML holds no markup of it, and one button', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (name, line) => {
      const html = writeMail({
        language: 'nb',
        subject: name,
        paragraphs: [[line, name], ['https://b.example.org/svar/abc']],
        link: { address: 'https://b.example.org/svar/abc', label: 'Svar' },
        footer: [name],
        optOut: null,
      }).html;
      const stripped = html.replace(/<\/?(?:!doctype|html|head|meta|title|body|div|p|a|span|br)\b[^<>]*>/g, '');
      expect(stripped).not.toMatch(/[<>]/);
      expect(html.match(/display:inline-block/g)).toHaveLength(1);
    }),
  );
});
