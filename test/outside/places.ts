export type Place = readonly (string | number)[];

const placesMax = 80;
const recordsMax = 2;

/** The document with the first two records of each list: the others look the same. */
export function trimmed(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, recordsMax).map(trimmed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, trimmed(each)]));
}

/** Where something stands in a document, the whole first. */
export function junkPlaces(document: unknown): Place[] {
  const places: Place[] = [];
  const visit = (value: unknown, place: Place): void => {
    if (places.length >= placesMax) return;
    places.push(place);
    if (Array.isArray(value)) for (const [at, each] of value.entries()) visit(each, [...place, at]);
    else if (typeof value === 'object' && value !== null)
      for (const [name, each] of Object.entries(value)) visit(each, [...place, name]);
  };
  visit(document, []);
  return places;
}
