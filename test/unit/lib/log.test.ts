import { DrizzleQueryError } from "drizzle-orm";
import { expect, test } from "vitest";
import { serializeError } from "../../../lib/log.ts";

const NOTE = "what staff wrote of a visitor";

test("of a query that failed the log has its text and the database's word, never what was on its way", () => {
	const said = Object.assign(new Error("the disk is full"), {
		code: "53100",
		detail: `Failing row contains (${NOTE}).`,
	});
	const query = new DrizzleQueryError("insert into event values ($1)", [Buffer.from(NOTE), NOTE], said);
	const logged = serializeError(new Error("not appended", { cause: query }));
	expect(JSON.stringify(logged)).not.toContain(NOTE);
	// Nor as the numbers of its bytes.
	expect(JSON.stringify(logged)).not.toContain('"data":[');
	expect(logged).toMatchObject({
		message: "not appended",
		stack: expect.stringContaining("log.test.ts"),
		cause: {
			query: "insert into event values ($1)",
			cause: { message: "the disk is full", code: "53100", stack: expect.stringContaining("log.test.ts") },
		},
	});
});

test("whatever is no error stays as it is, and several at once are all told", () => {
	expect(serializeError("gone")).toBe("gone");
	const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
	expect(serializeError(new AggregateError([refused], "no address answered"))).toMatchObject({
		message: "no address answered",
		errors: [{ message: "refused", code: "ECONNREFUSED" }],
	});
});
