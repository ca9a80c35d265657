import * as v from 'valibot';
import { packed, startWidth, valueWidth, type Width } from './numbers.ts';

const listOf = (width: Width) =>
  v.pipe(
    v.custom<number[]>((list) => Array.isArray(list) && list.every(Number.isSafeInteger)),
    v.transform((list: number[]): string => packed(list, width)),
  );
const columnSchema = v.object({ values: v.array(v.string()), numbers: listOf(valueWidth) });
const storedSchema = v.object({
  end: v.number(),
  starts: listOf(startWidth),
  columns: v.record(v.string(), columnSchema),
});

/** An index of the second form, whose numbers were JSON, in the third. Throws ValiError. */
export const packedIndex = (content: unknown): unknown => v.parse(storedSchema, content);
