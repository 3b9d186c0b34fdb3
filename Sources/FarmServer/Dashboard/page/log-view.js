// A log as a list of which only the lines in sight exist: follows, searches, filters.
import { attributes, pieces } from './ansi.js'
import { h, render } from './dom.js'
import { matcher, search } from './log-search.js'
import { LogSource } from './log-source.js'
import { count, percent, plural, size } from './text.js'

const tall = 19
/** Browsers do not draw what is higher than some million pixels; then a pixel of the scroll bar is more than one of the list. */
const highest = 8_000_000
/** Logs of so few parts are read whole, so that their lines have numbers. */
const eager = 16

/** @param options {path, isRunning(), phases(): [{name, start, result}], download} */
export function logView(options) {
    const source = new LogSource(options.path)
    const state = { top: 0, follows: options.isRunning(), query: '', matches: null, part: 0, at: -1, isFiltered: false,
        failure: null, isSettled: false }
    const list = document.createElement('div')
    list.className = 'lines'
    list.tabIndex = 0
    list.setAttribute('role', 'log')
    list.setAttribute('aria-live', 'off')
    list.setAttribute('aria-label', 'Log')
    const element = document.createElement('section')
    element.className = 'panel log'
    element.setAttribute('aria-label', 'Log')
    let isClosed = false
    let searching = null
    let expected = -1

    const rows = () => (state.isFiltered && state.matches ? state.matches.length : source.parts.reduce((sum, _,
        index) => sum + source.count(index), 0))
    const shown = () => list.clientHeight / tall
    const bottom = () => Math.max(0, rows() - shown())

    /** Which line a row is. */
    function lineAt(row) {
        if (state.isFiltered && state.matches) return state.matches[row]
        for (let index = 0; index < source.parts.length; index++) {
            if (row < source.count(index)) return { index, line: row }
            row -= source.count(index)
        }
        return undefined
    }

    const rowOf = ({ index, line }) => {
        for (let before = 0; before < index; before++) line += source.count(before)
        return line
    }

    /** True if no part before is only estimated, so that lines have numbers. */
    const isNumbered = index => source.parts.every((_, before) => before >= index || source.isKnown(before))

    async function need(index) {
        if (source.lines(index) && source.isKnown(index)) return
        const before = source.count(index)
        const first = rowOf({ index, line: 0 })
        try {
            await source.read(index)
        } catch (error) {
            state.failure = error.message
            return draw()
        }
        if (isClosed) return
        // What is in sight stays where it is, when a part above turns out to have more or fewer lines.
        if (!state.isFiltered && first + before <= state.top) state.top += source.count(index) - before
        if (state.follows) state.top = bottom()
        draw()
    }

    function draw() {
        if (isClosed) return
        state.top = Math.max(0, Math.min(state.top, bottom()))
        const total = rows()
        const height = Math.min(highest, total * tall)
        const first = Math.floor(state.top)
        const wanted = new Set()
        const drawn = []
        for (let row = first; row < Math.min(total, first + Math.ceil(shown()) + 1); row++) {
            const place = lineAt(row)
            if (!place) break
            if (!source.isKnown(place.index) || !source.lines(place.index)) wanted.add(place.index)
            drawn.push(drawRow(place))
        }
        for (const index of wanted) need(index)
        const scale = ratio(height, total)
        const scrolled = Math.round((state.top * tall) / scale)
        render(list, h('div', { class: 'extent', style: { height: `${height}px` } }),
            h('div', { class: 'rows-in-sight', style: { transform: `translateY(${scrolled - (state.top % 1) * tall}px)` } }, drawn))
        if (Math.abs(list.scrollTop - scrolled) >= 1) {
            expected = scrolled
            list.scrollTop = scrolled
        }
        drawTools()
    }

    const ratio = (height, total) => (total * tall > highest ? (total * tall - list.clientHeight) / (height - list.clientHeight) : 1)

    function drawRow({ index, line }) {
        const lines = source.lines(index)
        const key = `${index}:${line}`
        if (!lines || line >= lines.starts.length) return h('div', { key, class: 'line' }, h('i', {}, ''),
            h('span', { class: 'blank' }, '…'))
        const match = state.matches?.[state.at]
        const isAt = match && match.index === index && match.line === line
        const number = isNumbered(index) ? count(rowOf({ index, line }) + 1) : ''
        return h('div', { key, class: `line ${isAt ? 'at' : ''}` }, h('i', {}, number),
            h('span', {}, spans(pieces(source.text(lines, line), lines.styles?.[line]))))
    }

    function spans(found) {
        if (!state.query) return found.map(({ text, style }) => h('span', attributes(style), text))
        // Matches may begin in one piece and end in another: marks are laid over the whole line first.
        const whole = found.map(piece => piece.text).join('')
        const marks = occurrences(whole)
        let start = 0
        return found.flatMap(({ text, style }) => {
            const cuts = [...new Set([0, text.length,
                ...marks.flat().map(at => at - start).filter(at => at > 0 && at < text.length)])].sort((a, b) => a - b)
            const parts = cuts.slice(1).map((end, at) => {
                const isMarked = marks.some(([from, to]) => from <= start + cuts[at] && start + end <= to)
                const piece = h('span', attributes(style), text.slice(cuts[at], end))
                return isMarked ? h('mark', {}, piece) : piece
            })
            start += text.length
            return parts
        })
    }

    function occurrences(text) {
        const find = matcher(state.query)
        const found = []
        for (let from = 0; found.length < 100;) {
            const at = find(text.slice(from))
            if (at < 0) break
            found.push([from + at, from + at + state.query.length])
            from += at + state.query.length
        }
        return found
    }

    function drawTools() {
        const { matches, part, at, query } = state
        const phases = options.phases()
        const failed = phases.find(isFailed)
        const found = matches?.length ? `${at + 1} / ${count(matches.length)}${part < 1 ? '+' : ''}` : part < 1 ? percent(part) : 'none'
        render(element,
            h('header', {}, h('h2', {}, 'Log'),
                h('small', {}, source.size
                ? [size(source.size), isNumbered(source.parts.length) && ` · ${plural(rowOf({ index: source.parts.length, line: 0 }), 'line')}`] : ''),
                h('div', { class: 'find' },
                    h('input', { type: 'search', placeholder: 'Find', 'aria-label': 'Find in the log', value: query,
                        oninput: event => seek(event.target.value), onkeydown: findKeys }),
                    h('output', { 'aria-live': 'polite' }, query && found),
                    button('↑', 'Match before (N)', () => jump(-1), { disabled: !matches?.length }),
                    button('↓', 'Next match (n)', () => jump(1), { disabled: !matches?.length }),
                    button('Only matches', 'Only lines that match', filter,
                        { 'aria-pressed': String(state.isFiltered), disabled: !query })),
                h('div', { class: 'buttons' },
                    failed && button('Failed phase', `Phase ${failed.name} (e)`, toFailure),
                    phases.length > 1 && h('select',
                        { 'aria-label': 'Go to a phase', value: '',
                        onchange: event => { show(phases[event.target.value].start); event.target.value = '' } },
                        h('option', { value: '' }, 'Phases'),
                        phases.map((phase, index) => h('option', { value: index },
                        `${phase.name}${isFailed(phase) ? ' – failed' : ''}`))),
                    options.isRunning() && button('Follow', 'Stay at the end (f)', follow, { 'aria-pressed': String(state.follows) }),
                    options.download())),
            state.failure && h('p', { class: 'failure' }, state.failure),
            state.isSettled && !source.size && !state.failure && h('p', { class: 'empty' },
                options.isRunning() ? 'Nothing was printed yet.' : 'Nothing was printed.'),
            list)
        list.hidden = source.size === 0
    }

    const isFailed = phase => phase.result && phase.result !== 'success' && phase.result !== 'stopped'
    const button = (text, label, act, more) => h('button',
        { key: text, type: 'button', class: 'small', title: label, 'aria-label': label, onclick: act, ...more }, text)

    const findKeys = event => {
        if (event.key === 'Enter') jump(event.shiftKey ? -1 : 1)
        if (event.key === 'Escape') {
            seek('')
            list.focus()
            event.stopPropagation()
        }
    }

    function seek(query) {
        searching?.abort()
        const control = (searching = new AbortController())
        Object.assign(state, { query, matches: query ? [] : null, part: 0, at: -1, isFiltered: state.isFiltered && query !== '' })
        draw()
        if (!query) return
        let last = 0
        const tell = (matches, part) => {
            Object.assign(state, { matches, part })
            if (state.at < 0 && matches.length) {
                const next = matches.findIndex(match => rowOf(match) >= state.top)
                if (next >= 0 || part === 1) jumpTo(Math.max(0, next))
            }
            if (part === 1 || Date.now() - last > 150) draw(), (last = Date.now())
        }
        setTimeout(() => control.signal.aborted || search(source, query, control.signal,
            tell).catch(error => { state.failure = error.message; draw() }), 120)
    }

    const jump = by => state.matches?.length && jumpTo((state.at + by + state.matches.length) % state.matches.length)

    function jumpTo(at) {
        state.at = at
        state.follows = false
        const row = state.isFiltered ? at : rowOf(state.matches[at])
        if (row < state.top || row > state.top + shown() - 2) state.top = row - shown() / 3
        draw()
    }

    function filter() {
        const place = lineAt(Math.floor(state.top))
        state.isFiltered = !state.isFiltered
        state.top = state.isFiltered ? Math.max(0, state.at - shown() / 3) : place ? rowOf(place) : 0
        draw()
    }

    function follow() {
        state.follows = !state.follows
        if (state.follows) state.top = bottom()
        draw()
    }

    /** Brings the line of a byte to the top. */
    async function show(offset) {
        const place = await source.place(Math.min(offset, Math.max(0, source.size - 1)))
        state.follows = state.isFiltered = false
        state.top = rowOf(place)
        draw()
        list.focus({ preventScroll: true })
    }

    const toFailure = () => {
        const failed = options.phases().find(isFailed)
        if (failed) show(failed.start)
    }

    /** What went wrong mostly stands at the end of the phase that failed: the log of a failed attempt is opened there. */
    async function showEndOfFailure() {
        const failed = options.phases().find(isFailed)
        if (!failed?.end || !source.size) return
        const place = await source.place(Math.min(failed.end, source.size) - 1)
        state.top = rowOf(place) - shown() + 3
        draw()
    }

    function moveTo(top) {
        state.top = Math.max(0, Math.min(top, bottom()))
        state.follows = options.isRunning() && state.top >= bottom() - 0.5
        draw()
    }

    list.addEventListener('scroll', () => {
        if (Math.round(list.scrollTop) === Math.round(expected)) return void (expected = -1)
        expected = -1
        const total = rows()
        moveTo((list.scrollTop * ratio(Math.min(highest, total * tall), total)) / tall)
    })
    list.addEventListener('wheel', event => {
        if (event.ctrlKey || rows() * tall <= highest || !event.deltaY) return
        event.preventDefault()
        moveTo(state.top + event.deltaY / tall)
    }, { passive: false })
    list.addEventListener('keydown', event => {
        const page = Math.floor(shown()) - 1
        const to = { ArrowDown: state.top + 1, ArrowUp: state.top - 1, PageDown: state.top + page, PageUp: state.top - page,
            ' ': state.top + page, Home: 0, End: bottom() }[event.key]
        if (to === undefined || event.ctrlKey || event.metaKey) return
        event.preventDefault()
        event.stopPropagation()
        moveTo(to)
    })
    new ResizeObserver(draw).observe(list)

    /** Looks how large the log is, again and again while its job runs. */
    async function watch() {
        let wasRunning = true
        while (!isClosed && wasRunning) {
            wasRunning = options.isRunning()
            try {
                const grew = await source.measure()
                if (isClosed) return
                state.failure = null
                if (state.follows && grew) state.top = bottom()
                if (grew || !state.isSettled) draw()
            } catch (error) {
                if (error.status === 404) source.size = 0
                else if (error.status) state.failure = error.message
            }
            if (!state.isSettled && !wasRunning) await showEndOfFailure()
            state.isSettled = true
            if (source.parts.length <= eager) source.parts.forEach((_, index) => need(index))
            if (wasRunning) await new Promise(resolve => setTimeout(resolve, document.hidden ? 3000 : 400))
        }
        // The last lines are shown before nothing is followed any more.
        if (state.follows && source.parts.length) await need(source.parts.length - 1)
        state.follows = false
        draw()
    }

    draw()
    watch()
    return {
        element, draw,
        close: () => (isClosed = true, searching?.abort()),
        keys: () => ({ l: () => list.focus(), n: () => jump(1), N: () => jump(-1), f: follow, e: toFailure,
            G: () => moveTo(bottom()), gg: () => moveTo(0) }),
        find() {
            if (!element.contains(document.activeElement)) return false
            element.querySelector('.find input').select()
            return true
        },
    }
}
