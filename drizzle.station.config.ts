import { defineConfig } from "drizzle-kit";

/** `npx drizzle-kit generate --config drizzle.station.config.ts --name what_changed` writes the next migration. */
export default defineConfig({
	dialect: "sqlite",
	schema: "./db/station/schema/*.ts",
	out: "./db/station/migrations",
});
