import * as v from 'valibot';
import type { Marker } from '../../domain/ids.ts';
import type { Element } from '../../domain/intent.ts';
import type { LineChange } from '../../domain/ports/write.ts';

/** What the element of a company or an item begins with: it belongs to no document. */
export const asideOf = (
  marker: string,
): Pick<Element, 'ref' | 'documentId' | 'touchedAt' | 'marker' | 'lineMarkers'> => ({
  ref: marker,
  documentId: null,
  touchedAt: null,
  marker,
  lineMarkers: [],
});

/** The mark of a line that is there afterwards. */
export const markersOf = (line: LineChange): Marker[] =>
  line.change === 'remove' ? [] : [line.marker];

/** What an element asks for, as it was stored by us. */
export const storedBody = <S extends v.GenericSchema>(
  schema: S,
  { body }: Pick<Element, 'body'>,
): v.InferOutput<S> => v.parse(schema, JSON.parse(body));
