import type { Place } from './visitor.ts';

export type Act =
  | { do: 'click'; name: string }
  | { do: 'fill'; label: string; value: string }
  | { do: 'see'; text: string };
export interface Step {
  number: number;
  acts: { act: Act; place: Place }[];
}

/**
 * The tour of the README: **bold** is clicked, *italic* with `code` is a field with what goes into it,
 * “quoted” must then be visible. The words before say where.
 */
export function readTour(readme: string): Step[] {
  const [, section = ''] = readme.split(/^## The five-minute tour$/m);
  const [body = ''] = section.split(/^## /m);
  let place: Place = 'marketplace';
  return [...body.matchAll(/^(\d+)\. ((?:.|\n(?! *\n|\d+\. ))*)/gm)].map((found) => {
    const [, number = '', text = ''] = found;
    const acts: Step['acts'] = [];
    for (const token of text.replace(/\s+/g, ' ').matchAll(tokens)) {
      const named = places.find(([words]) => token[0].toLowerCase().includes(words));
      if (named) place = named[1];
      const act = actOf(token.groups ?? {});
      if (act) acts.push({ act, place });
    }
    return { number: Number(number), acts };
  });
}

const places: readonly (readonly [string, Place])[] = [
  ['marketplace’s page', 'marketplace'],
  ['in the app', 'app'],
  ['in the pop-up', 'window'],
  ['xero’s page', 'window'],
];
const tokens =
  /\*\*(?<click>[^*]+)\*\*|\*(?<label>[^*]+)\* `(?<value>[^`]+)`|“(?<see>[^”]+)”|marketplace’s page|in the app|in the pop-up|Xero’s page/gi;

function actOf({ click, label, value, see }: Partial<Record<string, string>>): Act | null {
  if (click !== undefined) return { do: 'click', name: click };
  if (label !== undefined && value !== undefined) return { do: 'fill', label, value };
  return see === undefined ? null : { do: 'see', text: see };
}
