/** class-transformer keeps what `@Type` said here and exports no other way to it. */
declare module 'class-transformer/cjs/storage.js' {
  export const defaultMetadataStorage: {
    findTypeMetadata(target: Function, property: string): { typeFunction: (help?: unknown) => Function } | undefined;
  };
}
