import { defineConfig } from "drizzle-kit";

/** `npx drizzle-kit generate --config drizzle.server.config.ts --name what_changed` writes the next migration. */
export default defineConfig({
	dialect: "postgresql",
	schema: "./db/server/schema/*.ts",
	out: "./db/server/migrations",
});
