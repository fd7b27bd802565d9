import { useMemo } from "react";
import { encode } from "uqr";
import styles from "./enrolment-form.module.css";

/** A QR code with its quiet zone of four modules (ISO/IEC 18004), dark on light in every colour scheme. */
export function QrCode({ text, label }: { text: string; label: string }) {
	const { size, dark } = useMemo(() => {
		const { size, data } = encode(text, { ecc: "M", border: 4 });
		const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])));
		return { size, dark: dark.join("") };
	}, [text]);
	return (
		<svg className={styles.qrCode} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
			<path d={dark} />
		</svg>
	);
}
