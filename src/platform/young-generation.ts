import { setFlagsFromString } from 'node:v8';

/**
 * Room for what lives as long as one request, in MiB. Node begins with less and lets a burst of requests wait while
 * it moves short-lived values about: measured with `bench/compare.ts`, 5–8 % of the processor time of the survey path.
 */
const youngGenerationMebibytes = 32;

setFlagsFromString(`--min-semi-space-size=${youngGenerationMebibytes}`);
setFlagsFromString(`--max-semi-space-size=${youngGenerationMebibytes}`);
