import type { Request } from 'express';

/** Fields of a form that was sent, or parameters of an address. */
export interface FormFields {
  /** @returns the text of a field without space around it; empty when it is missing or came several times */
  readonly text: (name: string) => string;
  /** @returns every text of a field as it was sent */
  readonly all: (name: string) => readonly string[];
}

/**
 * Reads the fields of a form, or the parameters of an address.
 * @param values body or query of a request
 */
export function readFields(values: unknown): FormFields {
  const all = (name: string): readonly string[] => {
    const isThere = typeof values === 'object' && values !== null && Object.hasOwn(values, name);
    const value: unknown = isThere ? Reflect.get(values, name) : undefined;
    return [value].flat().filter((one) => typeof one === 'string');
  };
  const text = (name: string): string => {
    const [only = '', ...others] = all(name);
    return others.length === 0 ? only.trim() : '';
  };
  return { text, all };
}

/**
 * Reads one field of a form that was sent.
 * @param request the request
 * @param name name of the field
 * @returns its text without space around it; empty when it is missing or came several times
 */
export function readField(request: Request, name: string): string {
  return readFields(request.body).text(name);
}
