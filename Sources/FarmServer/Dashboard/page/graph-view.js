// The graph of a build as a drawing that lives: states change in place, a hand or keys move and enlarge it.
import { h, render } from './dom.js'
import { cell, layout, node } from './graph-layout.js'
import { nameOf, stateOf, toJob } from './parts.js'
import { span } from './text.js'

/** @returns {element, update(jobs), find(text)}: a drawing of jobs and the pairs [job, need]. */
export function graphView(jobs, pairs) {
    const plan = layout(jobs, pairs)
    const byID = new Map(jobs.map(job => [job.id, job]))
    const near = { needs: new Map(), dependents: new Map() }
    for (const [job, need] of pairs) {
        ;(near.needs.get(job) ?? near.needs.set(job, []).get(job)).push(need)
        ;(near.dependents.get(need) ?? near.dependents.set(need, []).get(need)).push(job)
    }
    const element = document.createElement('div')
    element.className = 'graph'
    const view = { x: 0, y: 0, scale: 1 }
    let focused = jobs[0]?.id
    let pointed = null
    let wanted = ''
    let isMoved = false

    /** A job and all that it needs or that needs it. */
    function kin(id) {
        const found = new Set([id])
        for (const side of [near.needs, near.dependents]) {
            const open = [id]
            for (const at of open) for (const other of side.get(at) ?? []) if (!found.has(other)) open.push(other), found.add(other)
        }
        return found
    }

    function draw() {
        const lit = pointed && kin(pointed)
        render(element,
            h('svg', {
                class: `drawing ${plan.isDetailed ? '' : 'compact'} ${view.scale < 0.45 ? 'far' : ''} ${lit || wanted ? 'dimmed' : ''}`,
                role: 'group', 'aria-label': `Graph of ${jobs.length} jobs; arrow keys follow needs and dependents`,
                onpointerdown: grab, ondragstart: stop, onpointermove: pointAt, onpointerleave: () => point(null), onkeydown: keys,
                onfocusin: follow, ondblclick: event => zoom(1.6, event),
            }, h('g', { transform: `translate(${view.x.toFixed(1)} ${view.y.toFixed(1)}) scale(${view.scale.toFixed(4)})` },
                h('g', {}, (plan.isDetailed ? plan.edges : lit ? shortEdges(pointed) : []).map(edge => drawEdge(edge, lit))),
                h('g', {}, jobs.map(({ id }) => drawNode(byID.get(id), lit))))),
            h('div', { class: 'tools' }, tool('+', 'Larger', () => zoom(1.35)), tool('−', 'Smaller', () => zoom(1 / 1.35)),
                tool('⤢', 'All of it', fit)),
            h('p', { class: 'tip', 'aria-hidden': 'true' }, pointed && tip(byID.get(pointed))))
    }

    const tool = (text, label, act) => h('button', { key: text, type: 'button', 'aria-label': label, title: label, onclick: act }, text)
    const tip = job => [h('b', {}, nameOf(job)), ` ${stateOf(job)}`,
        job.duration_ms !== undefined && ` in ${span(job.duration_ms)}`, job.message && ` · ${job.message}`]

    function drawEdge({ from, to, points }, lit) {
        const isLit = lit?.has(from) && lit.has(to)
        return h('path', { key: `${from} ${to}`, class: `edge ${isLit ? 'lit' : ''} ${stateOf(byID.get(from))}`, d: curve(points) })
    }

    function drawNode(job, lit) {
        const state = stateOf(job)
        const { x, y } = plan.places.get(job.id)
        const isLit = (!lit || lit.has(job.id)) && (!wanted || nameOf(job).includes(wanted))
        const props = {
            key: job.id, href: toJob(job.id), class: `node ${state} ${isLit ? 'lit' : ''}`,
            transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
            'data-id': job.id, tabindex: job.id === focused ? 0 : -1, 'aria-label': `${nameOf(job)}, ${state}`,
        }
        if (!plan.isDetailed) return h('a', props, h('rect', { width: cell.side, height: cell.side, rx: 3 }))
        return h('a', props,
            h('rect', { width: node.width, height: node.height, rx: 6 }),
            h('use', { href: `#s-${state}`, class: `mark ${state}`, x: 7, y: 6, width: 14, height: 14 }),
            h('text', { x: 27, y: 17.5 }, cut(nameOf(job), 17)))
    }

    const cut = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text)

    const shortEdges = id => [...(near.needs.get(id) ?? []).map(need => [need, id]),
        ...(near.dependents.get(id) ?? []).map(other => [id, other])]
        .filter(([from, to]) => plan.places.has(from) && plan.places.has(to))
        .map(([from, to]) => {
            const [a, b] = [plan.places.get(from), plan.places.get(to)]
            const half = cell.side / 2
            return { from, to, points: [{ x: a.x + cell.side, right: a.x + cell.side, y: a.y + half },
                { x: b.x, right: b.x, y: b.y + half }] }
        })

    function point(id) {
        if (pointed === id) return
        pointed = id
        draw()
    }

    const pointAt = event => event.buttons || point(event.target.closest('[data-id]')?.getAttribute('data-id') ?? null)

    function follow(event) {
        const id = event.target.closest('[data-id]')?.getAttribute('data-id')
        if (!id) return
        focused = id
        point(id)
    }

    /** Moves the drawing by what a hand does; a second finger enlarges. */
    const hands = new Map()
    function grab(event) {
        if (event.button > 0) return
        hands.set(event.pointerId, event)
        let far = 0
        const move = now => {
            const last = hands.get(now.pointerId)
            if (!last) return
            hands.set(now.pointerId, now)
            far += Math.abs(now.clientX - last.clientX) + Math.abs(now.clientY - last.clientY)
            if (hands.size === 2) {
                const [other] = [...hands.values()].filter(hand => hand.pointerId !== now.pointerId)
                zoom(distance(now, other) / Math.max(1, distance(last, other)),
                    { clientX: (now.clientX + other.clientX) / 2, clientY: (now.clientY + other.clientY) / 2 })
            } else if (far > 4) {
                view.x += now.clientX - last.clientX
                view.y += now.clientY - last.clientY
                isMoved = true
                draw()
            }
        }
        const drop = now => {
            hands.delete(now.pointerId)
            removeEventListener('pointermove', move)
            removeEventListener('pointerup', drop)
            removeEventListener('pointercancel', drop)
            // What was a move is no click.
            if (far <= 4) return
            addEventListener('click', stop, { capture: true, once: true })
            setTimeout(() => removeEventListener('click', stop, true))
        }
        addEventListener('pointermove', move)
        addEventListener('pointerup', drop)
        addEventListener('pointercancel', drop)
    }
    const stop = event => (event.preventDefault(), event.stopPropagation())
    const distance = (a, b) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)

    function zoom(by, at) {
        const box = element.getBoundingClientRect()
        const x = at ? at.clientX - box.left : box.width / 2
        const y = at ? at.clientY - box.top : box.height / 2
        const scale = Math.min(4, Math.max(0.04, view.scale * by))
        view.x = x - ((x - view.x) * scale) / view.scale
        view.y = y - ((y - view.y) * scale) / view.scale
        view.scale = scale
        isMoved = true
        draw()
    }

    /** All of it in sight, at most in its natural size. */
    function fit() {
        const margin = 20
        const isNarrow = plan.isDetailed && element.clientWidth < 700
        const natural = Math.max(isNarrow ? 0.6 : 0, Math.min(plan.isDetailed ? 1 : 1.6, (element.clientWidth - 2 * margin) / plan.width))
        element.style.setProperty('--tall', `${Math.ceil(plan.height * natural) + 2 * margin}px`)
        const box = element.getBoundingClientRect()
        const [wide, high] = [(box.width - 2 * margin) / plan.width, (box.height - 2 * margin) / plan.height]
        // Where all of it would be too small to read, as on a phone, its left part is shown.
        const least = isNarrow ? Math.max(0.55, Math.min(high, 0.9)) : 0.04
        view.scale = Math.max(least, Math.min(plan.isDetailed ? 1 : 1.6, wide, high))
        view.x = Math.max(margin, (box.width - plan.width * view.scale) / 2)
        view.y = (box.height - plan.height * view.scale) / 2
        isMoved = false
        draw()
    }

    function keys(event) {
        const steps = { ArrowLeft: near.needs, ArrowRight: near.dependents }
        const act = { '+': () => zoom(1.35), '-': () => zoom(1 / 1.35), 0: fit }[event.key]
        if (act) act()
        else if (steps[event.key]) focus(nearest(steps[event.key].get(focused) ?? []))
        else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') focus(beside(event.key === 'ArrowUp' ? -1 : 1))
        else return
        event.preventDefault()
        event.stopPropagation()
    }

    const nearest = ids => {
        const from = plan.places.get(focused)
        const far = id => Math.abs(plan.places.get(id).y - from.y)
        return ids.filter(id => plan.places.has(id)).sort((a, b) => far(a) - far(b))[0]
    }

    const beside = by => {
        const { level } = plan.places.get(focused)
        const order = [...plan.places].filter(([, place]) => place.level === level).sort(([, a],
            [, b]) => a.x - b.x || a.y - b.y).map(([id]) => id)
        return order[order.indexOf(focused) + by]
    }

    function focus(id) {
        if (!id) return
        focused = id
        draw()
        const { x, y } = plan.places.get(id)
        const box = element.getBoundingClientRect()
        const [left, top] = [x * view.scale + view.x, y * view.scale + view.y]
        if (left < 0 || top < 0 || left > box.width - 60 || top > box.height - 30) {
            view.x += box.width / 2 - left
            view.y += box.height / 2 - top
            draw()
        }
        element.querySelector(`[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true })
    }

    // The wheel scrolls the page; with Ctrl, and by pinching on a touchpad, it enlarges. render() cannot say that a listener is not passive.
    element.addEventListener('wheel', event => {
        if (!event.ctrlKey && !event.metaKey) return
        event.preventDefault()
        zoom(Math.exp(-event.deltaY / 160), event)
    }, { passive: false })
    new ResizeObserver(() => isMoved || fit()).observe(element)
    draw()
    return {
        element,
        update(changed) {
            for (const job of changed) if (byID.has(job.id)) byID.set(job.id, job)
            draw()
        },
        mark(text) {
            wanted = text
            draw()
        },
    }
}

/** A line through points that leaves and enters them level. */
function curve(points) {
    let path = `M${points[0].x} ${points[0].y.toFixed(1)}`
    for (let index = 1; index < points.length; index++) {
        const [from, to] = [points[index - 1], points[index]]
        const start = index === 1 ? from.x : from.right
        const half = (start + to.x) / 2
        path += `C${half} ${from.y.toFixed(1)} ${half} ${to.y.toFixed(1)} ${to.x} ${to.y.toFixed(1)}`
        if (index < points.length - 1) path += `H${to.right}`
    }
    return path
}
