import type { ReactNode } from "react";
import styles from "./button.module.css";

interface ButtonProps {
	kind: "primary" | "plain";
	onPress(): void;
	icon?: ReactNode;
	children: ReactNode;
}

export function Button({ kind, onPress, icon, children }: ButtonProps) {
	return (
		<button type="button" className={kind === "primary" ? styles.primary : styles.plain} onClick={onPress}>
			{icon}
			<span>{children}</span>
		</button>
	);
}
