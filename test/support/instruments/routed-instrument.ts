import type { InstrumentSource } from './build-instrument';

/** A small instrument whose pages and questions lead to each other through every supported comparison. */
export const routedInstrument: InstrumentSource = {
  bases: {
    with_new: "{new_any} = 'yes'",
    with_kind: "{new_any} = 'yes' and {kinds} notempty",
    services: "{new_any} = 'yes' and {kinds} notempty and {kinds} contains 'service'",
    without_new: "{new_any} <> 'yes'",
    trying: "{new_any} <> 'yes' and {under_way} anyof ['yes', 'maybe']",
  },
  pages: [
    {
      name: 'start',
      questions: [
        { name: 'new_any', type: 'radiogroup', codes: ['yes', 'no', 'unsure'], properties: { isRequired: true } },
        {
          name: 'kinds',
          type: 'checkbox',
          codes: ['product', 'service', 'process', '01', '1', 'none'],
          exclusive: ['none'],
          base: 'with_new',
          visibleIf: "{new_any} = 'yes'",
          properties: { maxSelectedChoices: 3, isRequired: true },
        },
        { name: 'people', type: 'number', properties: { min: 0, max: 500 } },
      ],
    },
    {
      name: 'details',
      visibleIf: "{new_any} = 'yes' and {kinds} notempty",
      questions: [
        { name: 'closest', type: 'radiogroup', codes: ['true', 'false', '1', '01', 'a'], base: 'with_kind' },
        {
          name: 'service_text',
          type: 'text',
          base: 'services',
          visibleIf: "{kinds} contains 'service'",
          properties: { maxLength: 20, isRequired: true },
        },
        {
          name: 'helpers',
          type: 'checkbox',
          codes: ['staff', 'users', 'firms'],
          base: 'with_kind',
          visibleIf: '{kinds} notempty',
        },
        {
          name: 'small_team',
          type: 'radiogroup',
          codes: ['yes', 'no'],
          visibleIf: '{people} > 0 and {people} <= 10 or {people} = 99',
          properties: { isRequired: true },
        },
        {
          name: 'one_or_true',
          type: 'radiogroup',
          codes: ['x', 'y'],
          visibleIf: "{closest} = 1 or {closest} = 'true'",
        },
        {
          name: 'alone',
          type: 'comment',
          visibleIf: "!({helpers} anyof ['users', 'firms']) and {helpers} notempty and {kinds} noneof ['1']",
          properties: { maxLength: 30 },
        },
        { name: 'all_helpers', type: 'text', visibleIf: "{helpers} allof ['staff', 'firms']" },
      ],
    },
    {
      name: 'otherwise',
      visibleIf: "{new_any} <> 'yes'",
      questions: [
        { name: 'under_way', type: 'radiogroup', codes: ['yes', 'maybe', 'no'], base: 'without_new' },
        {
          name: 'when_ready',
          type: 'text',
          base: 'trying',
          visibleIf: "{under_way} anyof ['yes', 'maybe']",
        },
        { name: 'said_nothing', type: 'text', visibleIf: '{under_way} empty or {when_ready} notempty' },
        {
          name: 'no_service',
          type: 'text',
          visibleIf: "{kinds} notcontains 'service' and {new_any} noneof ['unsure']",
        },
      ],
    },
    {
      name: 'last',
      visibleIf: "{alone} notempty or {under_way} <> 'no' and {small_team} empty",
      questions: [
        { name: 'culture', type: 'radiogroup', codes: ['agree', 'disagree'], properties: { isRequired: true } },
      ],
    },
  ],
};
