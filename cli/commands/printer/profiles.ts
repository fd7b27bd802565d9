import type { Command } from "commander";
import { PROFILES } from "../../../station/printing/printer-profiles.ts";
import { type Context, defineCommand } from "../../define-command.ts";

export function profilesCommand(context: Context): Command {
	return defineCommand(context, {
		name: "profiles",
		summary: "list the models that --printer-profile knows",
		description: `Beside each fact is where it is from: database (escpos-printer-db says it of this model), inherited (its default), maker
(the maker's command specification), usual (what such printers usually have; check it with paihao printer test), also (other
names that mean the same). None of
these printers was held by us.`,
		async run({ print }) {
			const longest = Math.max(...PROFILES.map(({ name }) => name.length));
			for (const profile of PROFILES) {
				const { name, aliases = [], dialect, widthDots, dpi, hasCutter, sources } = profile;
				const facts = [
					`${dialect} (${sources.dialect})`,
					`${widthDots} dots${dpi === undefined ? "" : ` at ${dpi} dpi`} (${sources.width})`,
					`${hasCutter ? "cuts" : "no cutter"} (${sources.cutter})`,
					...(aliases.length > 0 ? [`also ${aliases.join(", ")}`] : []),
				];
				print({ profile }, `${name.padEnd(longest)}  ${facts.join(", ")}`);
			}
		},
	});
}
