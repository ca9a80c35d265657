import type { Row } from './row.ts';
import type { Tables } from './tables.ts';

export interface DocumentFile {
  bytes: Uint8Array;
  contentType: string;
}

/** Files that hang on records; what is told of them stands in the table of documents. */
export interface Documents {
  of(recordType: string, recordId: number): Row[];
  file(id: number): DocumentFile | undefined;
  put(id: number, file: DocumentFile): void;
  drop(id: number): void;
}

export function createDocuments(tables: Tables): Documents {
  const files = new Map<number, DocumentFile>();
  return {
    of: (recordType, recordId) =>
      tables
        .all('DocumentInfo')
        .filter(({ values }) => values.recordType === recordType && values.recordId === recordId),
    file: (id) => files.get(id),
    put: (id, file) => {
      files.set(id, file);
    },
    drop: (id) => {
      files.delete(id);
    },
  };
}
