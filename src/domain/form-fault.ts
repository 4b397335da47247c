/** Something filled in wrong in one field of a form. */
export interface FieldFault {
  readonly field: string;
  /** Key of the text that says what to do. */
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
}
