// Finds text in a log, part by part from the start, so that the page stays alive meanwhile.
import { plainLine, strip } from './ansi.js'

const most = 20_000

/** Case counts where there are capitals. */
export const matcher = query => {
    const isExact = query !== query.toLowerCase()
    return text => (isExact ? text : text.toLowerCase()).indexOf(query)
}

/** Looks for a text. @param tell Called with (matches [{index, line}], part that is searched from 0 to 1). */
export async function search(source, query, signal, tell) {
    const find = matcher(query)
    const matches = []
    for (let index = 0; index < source.parts.length && matches.length < most; index++) {
        const lines = await source.read(index)
        if (signal.aborted) return
        // The next parts come while this one is looked through.
        for (const next of [1, 2, 3]) source.read(index + next).catch(() => {})
        const text = source.whole(lines)
        if (find(lines.styles ? strip(text)
            : text) >= 0) for (let line = 0; line < lines.starts.length; line++) if (find(plainLine(source.text(lines,
            line))) >= 0) matches.push({ index, line })
        tell(matches, (index + 1) / source.parts.length)
    }
    tell(matches, 1)
}
