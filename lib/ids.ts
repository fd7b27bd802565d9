declare const brand: unique symbol;

/**
 * A type that only its own constructor function makes, such as `Brand<string, "TicketId">`: the compiler then refuses
 * a station's id where a ticket's is meant. At run time it is a plain `T`.
 */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
