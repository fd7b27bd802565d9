import type { Command, Option } from "commander";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** Where a cursor may be: after these words, these may follow. */
interface Place {
	/** "paihao server admin" */
	path: string;
	commands: { name: string; summary: string }[];
	options: { flags: string[]; takesValue: boolean; choices: string[]; help: string }[];
}

/**
 * A completion script. It is whole: a press of Tab starts no program, as a script that asks `paihao` itself would, twice
 * where Node 24 has to be started by an older one.
 */
export function writeCompletion(program: Command, shell: Shell): string {
	const places = placesOf(program, program.name());
	return { bash: writeBash, zsh: writeZsh, fish: writeFish }[shell](places);
}

function placesOf(command: Command, path: string): Place[] {
	const help = { flags: ["--help"], takesValue: false, choices: [], help: "print help" };
	const place: Place = {
		path,
		commands: command.commands.map((one) => ({ name: one.name(), summary: one.summary() })),
		options: [...command.options.map(toCompletion), help],
	};
	return [place, ...command.commands.flatMap((one) => placesOf(one, `${path} ${one.name()}`))];
}

function toCompletion({ long, short, required, argChoices, description }: Option): Place["options"][number] {
	const flags = [long, short].filter((flag) => flag !== undefined && flag !== null);
	return { flags, takesValue: required, choices: argChoices ?? [], help: description };
}

/** What may follow a word that begins a value: the choices, else files. */
function writeBash(places: readonly Place[]): string {
	const valued = places.flatMap(({ options }) => options.filter(({ takesValue }) => takesValue));
	const plain = [...new Set(valued.filter(({ choices }) => choices.length === 0).flatMap(({ flags }) => flags))];
	const choices = new Map(
		valued.filter((one) => one.choices.length > 0).map((one) => [one.flags.join("|"), one.choices]),
	);
	return `# bash completion for paihao
_paihao() {
	local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" place=paihao word
	case "$previous" in
${[...choices].map(([flags, values]) => `		${flags}) COMPREPLY=($(compgen -W "${values.join(" ")}" -- "$current")); return ;;`).join("\n")}
		${plain.join("|")}) COMPREPLY=($(compgen -f -- "$current")); return ;;
	esac
	for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		case "$place $word" in
			${places
				.slice(1)
				.map(({ path }) => `"${path}"`)
				.join("|")}) place="$place $word" ;;
		esac
	done
	case "$place" in
${places.map(({ path, commands, options }) => `		"${path}") COMPREPLY=($(compgen -W "${[...commands.map(({ name }) => name), ...options.flatMap(({ flags }) => flags)].join(" ")}" -- "$current")) ;;`).join("\n")}
	esac
	[[ \${#COMPREPLY[@]} -gt 0 || "$current" == -* ]] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _paihao paihao
`;
}

function writeZsh(places: readonly Place[]): string {
	const escaped = (text: string) => text.replaceAll("'", "'\\''").replace(/[[\]:]/g, "\\$&");
	const value = (choices: readonly string[]) =>
		choices.length > 0 ? `:value:(${choices.join(" ")})` : ":value:_files";
	const argument = ({ flags, takesValue, choices, help }: Place["options"][number]) =>
		flags.map((flag) => `'*${flag}[${escaped(help)}]${takesValue ? value(choices) : ""}'`).join(" ");
	const place = ({ path, commands, options }: Place) => `	'${path}')
		(( CURRENT == depth + 1 )) && commands=(${commands.map(({ name, summary }) => `'${name}:${escaped(summary)}'`).join(" ")})
		arguments=(${options.map(argument).join(" ")}) ;;`;
	return `#compdef paihao
# zsh completion for paihao
_paihao() {
	local place=paihao word
	local -i depth=1
	local -a commands arguments
	for word in "\${(@)words[2,CURRENT-1]}"; do
		case "$place $word" in
			${places
				.slice(1)
				.map(({ path }) => `'${path}'`)
				.join("|")}) place="$place $word"; depth+=1 ;;
		esac
	done
	case "$place" in
${places.map(place).join("\n")}
	esac
	(( \${#commands} )) && [[ "$PREFIX" != -* ]] && { _describe command commands; return }
	_arguments -s $arguments '*:file:_files'
}
[[ "$funcstack[1]" == _paihao ]] && _paihao "$@" || compdef _paihao paihao
`;
}

function writeFish(places: readonly Place[]): string {
	const quote = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
	const lines = places.flatMap(({ path, commands, options }) => {
		const here = `complete -c paihao -n ${quote(`__paihao_at ${path}`)}`;
		return [
			...commands.map(({ name, summary }) => `${here} -f -a ${name} -d ${quote(summary)}`),
			...options.map(({ flags, takesValue, choices, help }) => {
				const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
				const values = takesValue ? (choices.length > 0 ? ` -x -a ${quote(choices.join(" "))}` : " -r -F") : "";
				return `${here} ${names.join(" ")}${values} -d ${quote(help)}`;
			}),
		];
	});
	return `# fish completion for paihao
function __paihao_at
	set -l place paihao
	for word in (commandline -opc)[2..]
		contains -- "$place $word" ${places
			.slice(1)
			.map(({ path }) => quote(path))
			.join(" ")}; and set place "$place $word"
	end
	test "$place" = "$argv"
end
${lines.join("\n")}
`;
}
