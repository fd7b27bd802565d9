import { bigint, customType } from "drizzle-orm/pg-core";

export const instant = (name: string) => bigint(name, { mode: "number" });

/** A SHA-256: 32 bytes in the table, hex everywhere else. */
export const digest = customType<{ data: string; driverData: Buffer }>({
	dataType: () => "bytea",
	toDriver: (hex) => Buffer.from(hex, "hex"),
	fromDriver: (bytes) => bytes.toString("hex"),
});
