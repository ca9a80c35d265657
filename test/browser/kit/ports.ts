/** Each test file has a world of its own; a world takes three ports or more from its first. */
export const ports = {
  tour: 4810,
  journey: 4820,
  keyboard: 4830,
  picture: 4840,
  attack: 4850,
} as const;
