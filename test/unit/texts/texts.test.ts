import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { keyOfAction, otherActions, waveActions } from '../../../src/domain/audit-actions';
import { languages } from '../../../src/domain/languages';
import da from '../../../src/texts/da.json';
import en from '../../../src/texts/en.json';
import nb from '../../../src/texts/nb.json';
import nn from '../../../src/texts/nn.json';
import { isTextKey, translate } from '../../../src/texts/translate';
import { errorStatuses } from '../../../src/errors';

const catalogues: Readonly<Record<(typeof languages)[number], Record<string, string>>> = { nb, nn, en, da };

function placeholders(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    const own = 'value' in element ? [element.value] : [];
    const inner =
      'options' in element ? Object.values(element.options).flatMap((option) => placeholders(option.value)) : [];
    return [...own, ...inner];
  });
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? listFiles(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

describe('texts of the interface', () => {
  it.each(languages)('have the same keys in %s as in bokmål, none empty', (language) => {
    expect(Object.keys(catalogues[language]).sort()).toEqual(Object.keys(nb).sort());
    expect(Object.entries(catalogues[language]).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it.each(languages)('parse as messages in %s and ask for the same values as in bokmål', (language) => {
    for (const [key, text] of Object.entries(catalogues[language])) {
      const own = new Set(placeholders(parse(text, { ignoreTag: true })));
      const expected = new Set(placeholders(parse(catalogues.nb[key] ?? '', { ignoreTag: true })));
      expect({ key, values: [...own].sort() }).toEqual({ key, values: [...expected].sort() });
    }
  });

  it('tell what happened and what to do for every error of the catalogue', () => {
    for (const code of Object.keys(errorStatuses)) {
      expect([code, isTextKey(`error.${code}`), isTextKey(`error.${code}.help`)]).toEqual([code, true, true]);
    }
  });

  it.each(languages)('have words in %s for everything that the audit keeps', (language) => {
    const keys = [
      ...[...waveActions, ...otherActions].map((action) => `event.${keyOfAction(action)}`),
      ...waveActions.map((action) => `wave.history.${keyOfAction(action)}`),
    ];
    expect(keys.filter((key) => (catalogues[language][key] ?? '') === '')).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('hold every key that a view names', () => {
    const root = join(__dirname, '..', '..', '..');
    const used = listFiles(join(root, 'views')).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/page\.t\('([^']+)'\s*[,)]/g)].map((match) => match[1] ?? ''),
    );
    expect(used.length).toBeGreaterThan(20);
    expect(used.filter((key) => !isTextKey(key))).toEqual([]);
  });

  it('fill in values', () => {
    expect(translate('nb', 'error.network_exists.help', { key: 'viken' })).toContain('«viken»');
  });
});
