import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { notFound } from '#runtime';
import { textProblem } from './json-body.ts';

/** Query strings become the class a controller names (`ListQuery`, `HistoryQuery`, any with a static `from`); ids that no record can have are not looked up. */
@Injectable()
export class ReadQuery implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'query' && metatype && 'from' in metatype && typeof metatype.from === 'function' && metatype !== (Array as unknown))
      return (metatype.from as (raw: unknown) => unknown)(value ?? {});
    if (type === 'param' && typeof value === 'string' && (value.length > 200 || textProblem(value))) throw notFound();
    return value;
  }
}
