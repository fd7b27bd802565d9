import styles from "./icon.module.css";

const ICONS = import.meta.glob<string>("../../../resources/icons/*.svg", {
	query: "?url",
	import: "default",
	eager: true,
});

/** A picture from resources/icons in the colour of the text. Says nothing: words stand beside it. */
export function Icon({ name, directed = false }: { name: string; directed?: boolean }) {
	const address = ICONS[`../../../resources/icons/${name}.svg`];
	if (!address) return null;
	return (
		<span
			aria-hidden="true"
			className={directed ? styles.directed : styles.icon}
			style={{ maskImage: `url("${address}")` }}
		/>
	);
}
