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
 * The numbered list below a heading of the README: **bold** is clicked, *italic* with `code` is a field with
 * what goes into it, “quoted” must then be visible. The words before say where.
 */
export function readTour(readme: string, heading: string): Step[] {
  const [, section = ''] = readme.split(`\n## ${heading}\n`);
  const [body = ''] = section.split(/^## /m);
  let place: Place = 'marketplace';
  return [...body.matchAll(/^(\d+)\. ((?:.|\n(?! *\n|\d+\. ))*)/gm)].map((found) => {
    const [, number = '', text = ''] = found;
    const acts: Step['acts'] = [];
    for (const token of text.replace(/\s+/g, ' ').matchAll(tokens)) {
      place = placeOf(token.groups?.where) ?? place;
      const act = actOf(token.groups ?? {});
      if (act) acts.push({ act, place });
    }
    return { number: Number(number), acts };
  });
}

const tokens =
  /\*\*(?<click>[^*]+)\*\*|\*(?<label>[^*]+)\* `(?<value>[^`]+)`|“(?<see>[^”]+)”|(?<where>in the app|in the pop-up|\w+’s page)/gi;

/** A page that is not the marketplace’s is a system’s, in a window of its own. */
function placeOf(words: string | undefined): Place | null {
  if (words === undefined) return null;
  const [, owner] = /(\w+)’s page/i.exec(words) ?? [];
  if (owner !== undefined) return owner === 'marketplace' ? 'marketplace' : 'window';
  return words.toLowerCase() === 'in the app' ? 'app' : 'window';
}

function actOf({ click, label, value, see }: Partial<Record<string, string>>): Act | null {
  if (click !== undefined) return { do: 'click', name: click };
  if (label !== undefined && value !== undefined) return { do: 'fill', label, value };
  return see === undefined ? null : { do: 'see', text: see };
}
