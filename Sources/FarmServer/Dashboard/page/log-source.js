// A log of any size behind HTTP: its bytes are read in parts, the lines of a part are known once it was read.
import { request } from './api.js'
import { after } from './ansi.js'

const step = 256 * 1024
/** Lines are shown up to this many bytes; a part is read so far beyond its end. */
const longest = 8192
const kept = 40

export class LogSource {
    constructor(path) {
        this.path = path
        this.size = 0
        this.parts = []
        this.used = []
        this.decoder = new TextDecoder()
        this.meanLength = null
    }

    /** Asks how large the log is now. @returns true if it grew. */
    async measure() {
        const answer = await request(this.path, { method: 'HEAD', cache: 'no-store' })
        return this.grow(Number(answer.headers.get('Content-Length') ?? 0))
    }

    grow(size) {
        if (size <= this.size) return false
        // What was the last part had not all of its lines, or not the whole of the last one.
        const first = Math.max(0, Math.floor((this.size - longest) / step))
        this.size = size
        this.meanLength = null
        this.parts.length = Math.ceil(size / step)
        for (let index = 0; index < this.parts.length; index++) {
            const old = this.parts[index]
            if (!old) this.parts[index] = { lines: null, count: null, old: null }
            else if (index >= first) this.parts[index] = { lines: null, count: null, old: old.lines ?? old.old }
        }
        return true
    }

    /** How many lines begin in a part; an estimate as long as it was not read. */
    count(index) {
        const part = this.parts[index]
        if (part.count !== null) return part.count
        const bytes = Math.min(step, this.size - index * step)
        return Math.max(part.old?.starts.length ?? 0, Math.round(bytes / this.mean()))
    }

    /** The mean length of the lines of known parts. */
    mean() {
        if (this.meanLength === null) {
            const known = this.parts.filter(part => part.count !== null)
            const lines = known.reduce((sum, part) => sum + part.count, 0)
            this.meanLength = lines ? Math.min(known.length * step, this.size) / lines : 64
        }
        return this.meanLength
    }

    isKnown(index) { return this.parts[index]?.count !== null }

    /** The lines of a part that was read, or as it was before it grew; undefined if it must be read first. */
    lines(index) { return this.parts[index]?.lines ?? this.parts[index]?.old ?? undefined }

    /** Reads a part. */
    async read(index) {
        const part = this.parts[index]
        if (!part || part.lines) return part?.lines
        part.reading ??= this.fetchPart(index).finally(() => (part.reading = null))
        return part.reading
    }

    async fetchPart(index) {
        const part = this.parts[index]
        const from = index * step
        const first = Math.max(0, from - 1)
        const last = Math.min(this.size, from + step + longest) - 1
        const answer = await request(this.path, { headers: { Range: `bytes=${first}-${last}` }, cache: 'no-store' })
        let bytes = new Uint8Array(await answer.arrayBuffer())
        if (answer.status === 200) bytes = bytes.subarray(first, last + 1)
        part.lines = this.split(bytes, from - first, Math.min(step, this.size - from) + from - first)
        part.old = null
        part.count = part.lines.starts.length
        this.meanLength = null
        this.keep(index)
        return part.lines
    }

    /** The lines that begin in bytes[from..<to]. Their colours go on from line to line. */
    split(bytes, from, to) {
        const starts = []
        if (from === 0) starts.push(0)
        for (let at = bytes.indexOf(10); at >= 0 && at + 1 < to; at = bytes.indexOf(10, at + 1)) starts.push(at + 1)
        const lines = { bytes, starts, styles: null }
        if (bytes.includes(27)) {
            let style
            let escape = bytes.indexOf(27)
            lines.styles = starts.map((start, line) => {
                const before = style
                if (escape >= 0 && escape < start) escape = bytes.indexOf(27, start)
                if (escape >= 0 && !(starts[line + 1] <= escape)) style = after(this.text(lines, line), style)
                return before
            })
        }
        return lines
    }

    /** The text of all lines of a part, as it is. */
    whole({ bytes }) { return this.decoder.decode(bytes) }

    /** The text of a line, as it is. */
    text({ bytes, starts }, line) {
        const start = starts[line]
        const end = bytes.indexOf(10, start)
        return this.decoder.decode(bytes.subarray(start, Math.min(end < 0 ? bytes.length : end, start + longest)))
    }

    /** Forgets the bytes of parts that were not looked at for long, but not how many lines they have. */
    keep(index) {
        this.used = [...this.used.filter(other => other !== index), index]
        while (this.used.length > kept) {
            const part = this.parts[this.used.shift()]
            if (part) part.lines = null
        }
    }

    /** The part that a byte is in, and the line there. */
    async place(offset) {
        const index = Math.min(this.parts.length - 1, Math.floor(offset / step))
        if (index < 0) return { index: 0, line: 0 }
        const { starts } = await this.read(index)
        const inside = offset - Math.max(0, index * step - 1)
        const next = starts.findIndex(start => start > inside)
        return { index, line: Math.max(0, (next < 0 ? starts.length : next) - 1) }
    }
}
