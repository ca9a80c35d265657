import type { Entity, Field } from '../schema/entity.ts';
import { type Answer, ok } from './answer.ts';
import type { Call } from './call.ts';

/** /{Entity}/entityInformation (help: REST, entityInformation call). */
export function entityInformation(_call: Call, entity: Entity): Answer {
  const { can } = entity;
  const access = (may: boolean) => (may ? 'All' : 'None');
  return ok({
    info: {
      name: entity.model,
      canCreate: can.create,
      canDelete: can.delete,
      canQuery: can.query,
      canUpdate: can.update,
      userAccessForCreate: access(can.create),
      userAccessForDelete: access(can.delete),
      userAccessForQuery: access(can.query),
      userAccessForUpdate: access(can.update),
      hasUserDefinedFields: entity.udfs.length > 0,
      supportsWebhookCallouts: entity.supportsWebhooks,
    },
  });
}

/** /{Entity}/entityInformation/fields, with the picklists of this tenant. */
export function fieldInformation(_call: Call, entity: Entity): Answer {
  return ok({ fields: [...entity.fields.values()].map((field) => described(entity, field)) });
}

/** A user-defined field of type text holds this many characters. */
export const UDF_LENGTH = 8_000;

/** /{Entity}/entityInformation/userDefinedFields. */
export function udfInformation(_call: Call, entity: Entity): Answer {
  return ok({
    fields: entity.udfs.map((name) => ({
      name,
      label: name,
      type: 'string',
      length: UDF_LENGTH,
      description: '',
      isRequired: false,
      isReadOnly: false,
      isQueryable: true,
      isReference: false,
      referenceEntityType: '',
      isPickList: false,
      picklistValues: null,
      picklistParentValueField: '',
      defaultValue: null,
      isSupportedWebhookField: false,
    })),
  });
}

function described(entity: Entity, field: Field): Record<string, unknown> {
  return {
    name: field.name,
    dataType: field.type,
    length: field.length ?? 0,
    isRequired: field.isRequired,
    isReadOnly: field.isReadOnly || !(entity.can.create || entity.can.update),
    isQueryable: field.isQueryable,
    isReference: field.reference !== undefined,
    referenceEntityType: field.reference ?? '',
    isPickList: field.picklist !== undefined,
    picklistValues:
      field.picklist?.map(({ value, label, isActive, isDefault, parent }, index) => ({
        value: String(value),
        label,
        isDefaultValue: isDefault ?? false,
        sortOrder: index + 1,
        parentValue: parent === undefined ? '' : String(parent),
        isActive: isActive ?? true,
        isSystem: false,
      })) ?? null,
    picklistParentValueField: field.picklistParent ?? '',
    isSupportedWebhookField: entity.supportsWebhooks && !field.isReadOnly,
  };
}
