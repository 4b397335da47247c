/** Colours of marks and text; marks keep 3:1, text 4.5:1 against white. */
export const chartColours = {
  own: '#0b4f6c',
  rest: '#16242c',
  members: '#5f6b73',
  denmark: '#b4540a',
  norway: '#5b3a8c',
  grid: '#dde3e8',
  ink: '#16242c',
  hidden: '#4a5a64',
} as const;

export const chartFont = 'Inter, system-ui, sans-serif';

/** Room for the value at the right end, beside the label. */
export const notePixels = 62;
