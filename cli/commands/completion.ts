import type { Command } from "commander";
import { UserError } from "../../lib/errors.ts";
import { SHELLS, writeCompletion } from "../completion.ts";
import { type Context, defineCommand } from "../define-command.ts";

export function completionCommand(context: Context): Command {
	return defineCommand(context, {
		name: "completion",
		summary: "print a script that lets a shell complete paihao's commands and options",
		description: `Put the script where your shell looks for it:

  bash:  paihao completion bash > ~/.local/share/bash-completion/completions/paihao
  zsh:    paihao completion zsh > "\${fpath[1]}/_paihao"
  fish:  paihao completion fish > ~/.config/fish/completions/paihao.fish`,
		operands: "<shell>",
		async run({ operands: [asked], stdout, program }) {
			const shell = SHELLS.find((one) => one === asked);
			if (shell === undefined)
				throw new UserError("USAGE", `There is no completion for "${asked}". Use ${SHELLS.join(", ")}.`, {
					exitCode: 2,
				});
			stdout.write(writeCompletion(program, shell));
		},
	});
}
