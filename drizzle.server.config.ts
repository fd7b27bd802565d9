import { defineConfig } from "drizzle-kit";

/** `npm run migrations:server -- --name what_changed` writes the next migration. */
export default defineConfig({
	dialect: "postgresql",
	schema: "./db/server/schema/*.ts",
	out: "./db/server/migrations",
});
