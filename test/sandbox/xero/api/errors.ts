import type { JsonObject } from '../../json.ts';
import type { Answer } from './call.ts';

/** `{ErrorNumber: 10, Type: "ValidationException", Message, Elements}` (xero_accounting.yaml, Error). */
export function validationAnswer(
  message: string,
  elements: Record<string, unknown>[] = [],
): Answer {
  const body = {
    ErrorNumber: 10,
    Type: 'ValidationException',
    Message: message,
    Elements: elements,
  };
  return { status: 400, bare: true, body };
}

/** ErrorNumber 14 for a body that is no JSON or has a value of another type (seen by clients of the live API). */
export function postDataAnswer(message: string): Answer {
  return {
    status: 400,
    bare: true,
    body: { ErrorNumber: 14, Type: 'PostDataInvalidException', Message: message },
  };
}

/** ErrorNumber 16 for a filter that cannot be read (Xero-Java #347, xeroizer #160). */
export function queryAnswer(message: string): Answer {
  return {
    status: 400,
    bare: true,
    body: { ErrorNumber: 16, Type: 'QueryParseException', Message: message },
  };
}

export function highVolumeAnswer(): Answer {
  const Message =
    'This organisation has too many records for this request. Use paging or an optimised filter.';
  return {
    status: 400,
    bare: true,
    body: { ErrorNumber: 20, Type: 'HighVolumeException', Message },
  };
}

export const notFound = (): Answer => ({ status: 404 });

/** An element that failed, as it was sent. Its id is zero and names nothing that exists. */
export function failedElement(
  element: JsonObject,
  errors: readonly string[],
  idName: string,
): Record<string, unknown> {
  return {
    ...element,
    [idName]: element[idName] ?? '00000000-0000-0000-0000-000000000000',
    StatusAttributeString: 'ERROR',
    ValidationErrors: errors.map((Message) => ({ Message })),
  };
}
