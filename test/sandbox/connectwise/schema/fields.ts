import { readFileSync } from 'node:fs';

export type FieldType =
  | 'integer'
  | 'number'
  | 'boolean'
  | 'string'
  | 'datetime'
  | 'ref'
  | 'refs'
  | 'objects'
  | 'strings'
  | 'integers'
  | 'customFields';

export interface DescribedField {
  type: FieldType;
  length?: number;
  required?: boolean;
  requiredOnUpdate?: boolean;
  nullable?: boolean;
  values?: string[];
  /** The name of the reference that the field holds: `CompanyReference`. */
  ref?: string;
}

const description: {
  references: Record<string, Record<string, string>>;
  records: Record<string, Record<string, DescribedField>>;
} = JSON.parse(
  readFileSync(new URL('../../../contract/connectwise-psa.json', import.meta.url), 'utf8'),
);

/** The fields of a record as they are described, in their order. */
export function describedFields(record: string): Record<string, DescribedField> {
  const fields = description.records[record];
  if (!fields) throw new Error(`sandbox: the record ${record} is not described`);
  return fields;
}

/** What a reference shows of its record, and takes to find it. */
export function membersOf(reference: string): readonly string[] {
  const members = description.references[reference];
  if (!members) throw new Error(`sandbox: the reference ${reference} is not described`);
  return Object.keys(members);
}
