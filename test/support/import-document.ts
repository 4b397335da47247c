/** A file that a document shows. */
export interface ShownFile {
  readonly name: string;
  readonly content: string;
}

/** A command line that a document shows, with what is printed under it, line by line. */
export interface ShownCommand {
  readonly line: string;
  readonly printed: readonly string[];
}

/**
 * Reads the files of a document: a name in backticks at the start of a paragraph, and the fenced block after it.
 * @param text Markdown
 * @returns files in order
 */
export function readShownFiles(text: string): readonly ShownFile[] {
  return [...text.matchAll(/^`([\w.-]+\.\w+)`[^\n]*:\n\n```(?:csv|json|text)\n([\s\S]*?)```/gm)].map(
    ([, name = '', content = '']) => ({ name, content }),
  );
}

/** Commands of one block, with the heading above it. */
export interface ShownBlock {
  readonly heading: string;
  readonly commands: readonly ShownCommand[];
}

/**
 * Reads the commands of a document: in blocks marked "console", lines that begin with "$ ".
 * @param text Markdown
 * @returns blocks in order
 */
export function readShownBlocks(text: string): readonly ShownBlock[] {
  return [...text.matchAll(/^```console\n([\s\S]*?)^```/gm)].map(({ 1: block = '', index }) => ({
    heading: [...text.slice(0, index).matchAll(/^##+ (.*)$/gm)].at(-1)?.[1] ?? '',
    commands: `\n${block.trimEnd()}`
      .split('\n$ ')
      .slice(1)
      .map((part) => {
        const [line = '', ...printed] = part.split('\n');
        return { line, printed };
      }),
  }));
}

/**
 * Makes a pattern of what a document says is printed: "…" stands for any text in a line, a line of "…" alone for any lines.
 * @param printed lines of the document
 */
export function toPattern(printed: readonly string[]): RegExp {
  const lines = printed.map((line) =>
    line === '…' ? '(?:[^\\n]*\\n)*?' : `${line.split('…').map(escape).join('[^\\n]*?')}\\n`,
  );
  return new RegExp(`^${lines.join('')}$`, 'u');
}

function escape(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, (sign) => (sign === '-' ? sign : `\\${sign}`));
}
