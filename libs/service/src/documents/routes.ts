import 'reflect-metadata';
import { RequestMethod, type Type } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { partsOf } from '../parts.ts';

type Form = new () => object;

/** A route as its controller declares it; `path` in OpenAPI's manner (`/opportunities/{id}/win`). */
export type Route = {
  service: string;
  method: string;
  path: string;
  name: string;
  status: number;
  form?: Form;
  query?: Type;
  resource: string;
};

/** Every route of these services, read from the controllers' decorators, without starting Nest. */
export function routesOf(modules: readonly Type[], further: readonly { service: string; controllers: readonly Type[] }[] = []): Route[] {
  const services = modules.map((module) => ({
    service: partsOf(module).service,
    controllers: (Reflect.getMetadata('controllers', module) ?? []) as Type[],
  }));
  return [...services, ...further].flatMap(({ service, controllers }) =>
    controllers.flatMap((controller) => controllerRoutes(service, controller)),
  );
}

function controllerRoutes(service: string, controller: Type): Route[] {
  const base = [Reflect.getMetadata(PATH_METADATA, controller) as string | string[]].flat()[0] ?? '';
  const routes: Route[] = [];
  for (const [prototype, name] of methodsOf(controller)) {
    // A getter is no route, and reading it off the prototype would run it without its object.
    const handler = Object.getOwnPropertyDescriptor(prototype, name)!.value as object | undefined;
    if (typeof handler !== 'function') continue;
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) continue;
    const types = (Reflect.getMetadata('design:paramtypes', prototype, name) ?? []) as Type[];
    const path = `/${[base, Reflect.getMetadata(PATH_METADATA, handler) as string].join('/')}`
      .replaceAll(/\/+/g, '/')
      .replace(/(.)\/$/, '$1')
      .replaceAll(/:(\w+)/g, '{$1}');
    const verb = RequestMethod[method]!.toLowerCase();
    const status = (Reflect.getMetadata(HTTP_CODE_METADATA, handler) as number | undefined) ?? 200;
    const form = argument(controller, name, RouteParamtypes.BODY, types);
    const query = argument(controller, name, RouteParamtypes.QUERY, types);
    routes.push({
      service,
      method: verb,
      path,
      name,
      status,
      resource: base.split('/')[0]!,
      ...(form ? { form: form as Form } : {}),
      ...(query ? { query } : {}),
    });
  }
  return routes;
}

/** A controller's methods and those it inherits, each once. */
function* methodsOf(controller: Type): Generator<[object, string]> {
  const seen = new Set<string>();
  for (
    let prototype = controller.prototype as object;
    prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype) as object
  )
    for (const name of Object.getOwnPropertyNames(prototype)) {
      if (name === 'constructor' || seen.has(name)) continue;
      seen.add(name);
      yield [prototype, name];
    }
}

function argument(controller: Type, name: string, kind: RouteParamtypes, types: Type[]): Type | undefined {
  for (let owner: object = controller; owner !== Function.prototype; owner = Object.getPrototypeOf(owner) as object) {
    const declared = Reflect.getOwnMetadata(ROUTE_ARGS_METADATA, owner, name) as Record<string, { index: number }> | undefined;
    const key = declared && Object.keys(declared).find((one) => one.startsWith(`${kind}:`));
    if (!key) continue;
    const type = types[declared[key]!.index];
    return type &&
      type !== Object &&
      typeof type === 'function' &&
      type.prototype &&
      ![Array, String, Number, Boolean].includes(type as never)
      ? type
      : undefined;
  }
  return undefined;
}
