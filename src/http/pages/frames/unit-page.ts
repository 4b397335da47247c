import { sizeLimits } from '../../../domain/fieldwork/size-classes';
import type { UnitPage } from '../../../usecases/coordinator/read-unit';
import { nameCategory, type Words } from '../results/words';
import { createPerson, type PersonView } from './frame-page';
import { listChoices, nameCode, nameSize, type Choice } from './frame-words';

interface ListedPersonView extends PersonView {
  readonly path: string;
  readonly replaceHelp: string;
  readonly removeName: string;
  readonly isIneligible: boolean;
}

export interface UnitView {
  readonly title: string;
  readonly framePath: string;
  /** Where the forms of the unit go. */
  readonly path: string;
  readonly isNew: boolean;
  readonly isDraft: boolean;
  /** Whether persons and outcomes of an open wave may be changed. */
  readonly canRenew: boolean;
  readonly asksManagers: boolean;
  readonly hasSample: boolean;
  readonly facts: readonly { readonly term: string; readonly text: string }[];
  /** What the form of the unit holds, by field. */
  readonly values: Readonly<Record<string, string>>;
  readonly sizeHint: string;
  readonly organisations: readonly Choice[];
  readonly sectors: readonly Choice[];
  readonly types: readonly Choice[];
  readonly sizes: readonly Choice[];
  readonly languages: readonly Choice[];
  readonly persons: readonly ListedPersonView[];
}

/**
 * Turns a unit into the words of its page.
 * @param unitPage the unit and its frame
 * @param posted what was written in the form; null: nothing yet
 * @param words words of the reader's language
 */
export function createUnitView(
  unitPage: UnitPage,
  posted: Readonly<Record<string, string>> | null,
  words: Words,
): UnitView {
  const { wave, unit, population, isWhole, organisations, sample } = unitPage;
  const framePath = `/runder/${encodeURIComponent(wave.key)}/ramme`;
  const path = unit === null ? `${framePath}/ny` : `${framePath}/arbeidsplass/${unit.id}`;
  return {
    title: unit === null ? words.t('frame.unit.new') : (unit.name ?? unit.unit),
    framePath,
    path,
    isNew: unit === null,
    isDraft: wave.state === 'draft',
    canRenew: isWhole && wave.state === 'open',
    asksManagers: population === 'managers',
    hasSample: sample !== null,
    facts: listFacts(unitPage, words),
    values: posted ?? listValues(unitPage),
    sizeHint: words.t('frame.unit.size.hint', { m: sizeLimits.M, l: sizeLimits.L }),
    organisations: organisations.map(({ key, name }) => ({ value: key, label: name })),
    sectors: listChoices(words, 'sector'),
    types: listChoices(words, 'type'),
    sizes: listChoices(words, 'size'),
    languages: listChoices(words, 'language'),
    persons: (unit?.persons ?? []).map((person) => {
      const view = createPerson(person, new Set(), words);
      const { name } = person;
      const called = name ?? person.email ?? view.name;
      return {
        ...view,
        path: `${path}/person/${person.id}`,
        replaceHelp: words.t('frame.person.replace.help', { name: called }),
        removeName: words.t('frame.person.remove_named', { name: called }),
        isIneligible: person.isIneligible,
      };
    }),
  };
}

function listFacts({ unit }: UnitPage, words: Words): UnitView['facts'] {
  if (unit === null) return [];
  const { employeeCount } = unit;
  return [
    { term: words.t('frame.unit.key'), text: unit.unit },
    { term: words.t('frame.organisation'), text: unit.organisationName },
    { term: words.t('frame.sector'), text: nameCategory(words, 'sector', unit.sector) },
    { term: words.t('frame.type'), text: nameCode(words, 'type', unit.type) },
    { term: words.t('frame.size'), text: nameSize(words, unit.size) },
    ...(employeeCount === null ? [] : [{ term: words.t('frame.unit.employees'), text: String(employeeCount) }]),
  ];
}

function listValues({ unit, organisations, population }: UnitPage): Readonly<Record<string, string>> {
  if (unit === null) {
    return { organisation: organisations[0]?.key ?? '', sector: '', type: '', size: '', invited: '1', language: 'nb' };
  }
  const [person] = population === 'managers' ? unit.persons : [];
  return {
    unit_name: unit.name ?? '',
    organisation: unit.organisation,
    sector: unit.sector,
    type: unit.type,
    size: unit.size,
    employees: unit.employeeCount === null ? '' : String(unit.employeeCount),
    invited: unit.isInvited ? '1' : '0',
    name: person?.name ?? '',
    email: person?.email ?? '',
    language: person?.language ?? 'nb',
  };
}
