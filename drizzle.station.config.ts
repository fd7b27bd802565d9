import { defineConfig } from "drizzle-kit";

/** `npm run migrations:station -- --name what_changed` writes the next migration. */
export default defineConfig({
	dialect: "sqlite",
	schema: "./db/station/schema/*.ts",
	out: "./db/station/migrations",
});
