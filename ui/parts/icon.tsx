/** Own drawings on a 20 x 20 grid, stroked with the text's colour. */
const shapes = {
  gear: 'M10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4M10 4.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M10 2v2.5M10 15.5V18M2 10h2.5M15.5 10H18M4.3 4.3l1.8 1.8M13.9 13.9l1.8 1.8M4.3 15.7l1.8-1.8M13.9 6.1l1.8-1.8',
  pause: 'M7 4.5v11M13 4.5v11',
  play: 'M6 4l10 6-10 6z',
  check: 'M4 10.5l4 4 8-9',
  close: 'M5 5l10 10M15 5L5 15',
  warn: 'M10 3l8 14H2zM10 8v4M10 14.5v.1',
  info: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M10 9v5M10 6v.1',
  clock: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M10 6v4.5l3 2',
  sync: 'M16 8A6.5 6.5 0 0 0 4.6 6.5L3 8M3 4v4h4M4 12a6.5 6.5 0 0 0 11.4 1.5L17 12M17 16v-4h-4',
  next: 'M7.5 4.5L13 10l-5.5 5.5',
  out: 'M8 4H4v12h12v-4M11 3h6v6M17 3l-8 8',
  search: 'M8.5 3a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M12.5 12.5L17 17',
  spark: 'M10 2.5l1.8 5.7 5.7 1.8-5.7 1.8-1.8 5.7-1.8-5.7L2.5 10l5.7-1.8z',
  edit: 'M4 16l.8-3.6L13.5 3.7l2.8 2.8-8.7 8.7z',
  plus: 'M10 4v12M4 10h12',
} as const;
export type IconName = keyof typeof shapes;

export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <path d={shapes[name]} />
  </svg>
);
