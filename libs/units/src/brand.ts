/** A type that is `T` at run time but that the compiler keeps apart from other `T`s. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };
