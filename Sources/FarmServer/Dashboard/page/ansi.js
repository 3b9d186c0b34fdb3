// Text of terminals as pieces with a style: colours and weights are kept (ECMA-48 SGR), every other control sequence is dropped.

const plain = Object.freeze({})

// In this order: SGR, other CSI, OSC and the other strings with their end, two-character sequences, what is left of controls.
const sequence = new RegExp([
    /\x1b\[([\d;:]*)m/, /\x1b\[[0-?]*[ -/]*[@-~]/, /\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)/, /\x1b[ -/]*[0-~]/, /[\0-\x08\x0b-\x1f\x7f-\x9f]/,
].map(form => form.source).join('|'), 'g')

/** What is left of a line on a terminal: the last of what was written over itself. */
function overwritten(text) {
    const end = text.endsWith('\r') ? text.length - 1 : text.length
    return text.slice(text.lastIndexOf('\r', end - 1) + 1, end)
}

/** A line, or text of many lines, without its sequences. */
export const strip = text => text.replace(sequence, '')

/** A line as it is read. */
export const plainLine = text => strip(overwritten(text))

/** The style that holds after a text. */
export function after(text, style = plain) {
    for (const [, codes] of text.matchAll(sequence)) if (codes !== undefined) style = apply(style, codes)
    return style
}

/** @returns [{text, style}]: pieces of a line that begins in a style. */
export function pieces(line, style = plain) {
    const text = overwritten(line)
    const found = []
    let last = 0
    const add = end => end > last && found.push({ text: text.slice(last, end), style })
    for (const match of text.matchAll(sequence)) {
        add(match.index)
        last = match.index + match[0].length
        if (match[1] !== undefined) style = apply(style, match[1])
    }
    add(text.length)
    return found
}

const weights = { 1: 'bold', 2: 'faint', 3: 'italic', 4: 'underline', 7: 'inverse', 9: 'struck' }
const ends = { 22: ['bold', 'faint'], 23: ['italic'], 24: ['underline'], 27: ['inverse'], 29: ['struck'] }

function apply(style, codes) {
    const numbers = codes.split(/[;:]/).map(Number)
    const next = { ...style }
    for (let at = 0; at < numbers.length; at++) {
        const code = numbers[at]
        if (code === 0) for (const name in next) delete next[name]
        else if (weights[code]) next[weights[code]] = true
        else if (ends[code]) for (const name of ends[code]) delete next[name]
        else if (code === 39) delete next.front
        else if (code === 49) delete next.back
        else if (code === 38 || code === 48) at = extended(next, code === 38 ? 'front' : 'back', numbers, at)
        else if ((code >= 30 && code < 38) || (code >= 90 && code < 98)) next.front = code < 90 ? code - 30 : code - 82
        else if ((code >= 40 && code < 48) || (code >= 100 && code < 108)) next.back = code < 100 ? code - 40 : code - 92
    }
    return next
}

/** 38;5;N and 38;2;R;G;B. @returns the place of the last number used. */
function extended(style, side, numbers, at) {
    if (numbers[at + 1] === 5) {
        style[side] = indexed(numbers[at + 2])
        return at + 2
    }
    if (numbers[at + 1] === 2) {
        style[side] = rgb(numbers.slice(at + 2, at + 5))
        return at + 4
    }
    return numbers.length
}

const rgb = parts => `rgb(${[0, 1, 2].map(index => Math.min(255, parts[index] || 0)).join(' ')})`

/** The 256 colours of xterm: 16 of the theme, a cube of 6 by 6 by 6, 24 greys. */
function indexed(number) {
    if (!(number >= 0 && number < 256)) return undefined
    if (number < 16) return number
    if (number > 231) return rgb(Array(3).fill(8 + 10 * (number - 232)))
    const value = part => (part ? 55 + 40 * part : 0)
    const place = number - 16
    return rgb([value(Math.floor(place / 36)), value(Math.floor(place / 6) % 6), value(place % 6)])
}

/** A style as attributes of an element; nothing for the plain one. */
export function attributes({ front, back, ...marks }) {
    const names = Object.keys(marks)
    const colours = {}
    if (typeof front === 'number') names.push(`f${front}`)
    else if (front) colours.color = front
    if (typeof back === 'number') names.push(`b${back}`)
    else if (back) colours.background = back
    return { class: names.join(' ') || null, style: colours }
}
