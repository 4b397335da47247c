import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../src/platform/package-root';

const folder = join(packageRoot, 'src', 'domain', 'statistics');

/** Exported functions of a file with the comment before each. */
function listFunctions(file: string): readonly { readonly name: string; readonly comment: string }[] {
  const text = readFileSync(join(folder, file), 'utf8');
  return [...text.matchAll(/(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)?\nexport function (\w+)/g)].map(
    ([, comment = '', name = '']) => ({
      name: `${file}: ${name}`,
      comment,
    }),
  );
}

test('every exported function of src/domain/statistics names its source', () => {
  const functions = readdirSync(folder).flatMap(listFunctions);
  expect(functions.length).toBeGreaterThan(70);
  expect(functions.filter(({ comment }) => !/^ \* Source: \S/m.test(comment)).map(({ name }) => name)).toEqual([]);
});
