import { platform, setPriority } from 'node:os';

const background = 10;

/**
 * Lets respondents go first. Only Linux gives a thread a priority of its own; elsewhere it would be the whole program's, and
 * nothing is done.
 */
export function giveWay(): void {
  if (platform() === 'linux') setPriority(background);
}
