import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ejs, { type TemplateFunction } from 'ejs';

const special = /[&<>'"]/;

/** Most texts hold nothing to escape. */
function escapeText(value: unknown): string {
  if (typeof value === 'string' && !special.test(value)) return value;
  return ejs.escapeXML(value);
}

/**
 * Makes Express' engine for the views. A view is compiled once and names what it needs from `locals`; nothing else is
 * in its scope. `partial(name, given)` draws another view of the same folder with what it is given, and `page`.
 * @param options `isCached` false reads and compiles a view anew every time, for work on the views
 */
export function createViewEngine({ isCached }: { readonly isCached: boolean }) {
  const compiled = new Map<string, TemplateFunction>();
  const load = (path: string): TemplateFunction => {
    const known = compiled.get(path);
    if (known !== undefined) return known;
    const view = ejs.compile(readFileSync(path, 'utf8'), {
      async: false,
      client: false,
      strict: true,
      rmWhitespace: true,
      compileDebug: !isCached,
      filename: path,
      escape: escapeText,
    });
    if (isCached) compiled.set(path, view);
    return view;
  };
  const draw = (path: string, given: Readonly<Record<string, unknown>>): string => {
    const { page } = given;
    const partial = (name: string, inner: object) => draw(join(dirname(path), `${name}.ejs`), { page, ...inner });
    return load(path)({ ...given, partial });
  };
  return (path: string, locals: object, callback: (error: unknown, html?: string) => void): void => {
    let html: string;
    try {
      html = draw(path, { ...locals });
    } catch (error) {
      callback(error);
      return;
    }
    callback(null, html);
  };
}
