/** The layer rules of docs/architecture.md. */
const ours = '^src/';
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: ours, pathNot: '^src/(server|cli)\\.ts$' },
      to: {},
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^src/domain' },
      to: { path: ours, pathNot: '^src/domain' },
    },
    {
      name: 'domain-packages',
      severity: 'error',
      from: { path: '^src/domain' },
      to: {
        dependencyTypes: ['npm', 'npm-optional', 'npm-dev', 'core'],
        pathNot: 'node_modules/(zod|@stdlib|yalps|survey-core)/|^crypto$',
      },
    },
    {
      name: 'survey-core-only-in-instrument',
      severity: 'error',
      from: { path: ours, pathNot: '^src/domain/instrument' },
      to: { path: 'node_modules/survey-core' },
    },
    {
      name: 'formats-use-domain-only',
      severity: 'error',
      from: { path: '^src/formats' },
      to: { path: ours, pathNot: '^src/(domain|formats)' },
    },
    {
      name: 'db-is-leaf',
      severity: 'error',
      from: { path: '^src/db' },
      to: { path: ours, pathNot: '^src/(db|domain|errors)' },
    },
    {
      name: 'sql-only-in-db',
      severity: 'error',
      from: { path: ours, pathNot: '^src/(db|platform|context)' },
      to: { path: 'node_modules/(knex|pg)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'usecases-know-no-web',
      severity: 'error',
      from: { path: '^src/usecases' },
      to: { path: '^src/(http|app|server|cli)|node_modules/(express|ejs|commander)/' },
    },
    {
      name: 'a-use-case-never-calls-another',
      severity: 'error',
      from: { path: '^src/usecases/[^/]+/([^/]+)\\.ts$' },
      to: { path: '^src/usecases/[^/]+/[^/]+\\.ts$', pathNot: '^src/usecases/[^/]+/$1\\.ts$' },
    },
    {
      name: 'http-through-usecases',
      severity: 'error',
      from: { path: '^src/http' },
      to: { path: '^src/db' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
  },
};
