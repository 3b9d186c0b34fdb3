// A build: how far it is, its graph, its jobs.
import { all, get, part, post } from './api.js'
import { announce, confirm, say } from './dialog.js'
import { h } from './dom.js'
import { graphView } from './graph-view.js'
import { action, badge, bar, countsOf, elapsed, empty, ended, eta, jobStates, mark, nameOf, panel, row, stateOf, toJob, waits,
    when } from './parts.js'
import { may } from './session.js'
import { count, percent, plural, span } from './text.js'
import { fact } from './workers.js'

const isLive = state => state === 'pending' || state === 'running'
const shownAtFirst = 100
const graphLimit = 5000
/** The jobs of a larger build are not read anew at each event, but after so many milliseconds. */
const small = 300
const pause = 5000

export function build(id, query, { redraw, reload }) {
    let record = null
    let jobs = new Map()
    let why = null
    let graph = null
    let chosen = ''
    let text = ''
    let limit = shownAtFirst
    let readAt = 0

    async function load(signal) {
        const path = `/builds/${part(id)}`
        const fresh = await get(path, { forecast: true }, { signal })
        const isFirst = record === null
        const wasLive = record && isLive(record.state)
        if (isFirst && fresh.jobs <= graphLimit) {
            const { nodes, edges } = await get(`${path}/graph`, {}, { signal })
            jobs = new Map(nodes.map(job => [job.id, job]))
            graph = nodes.length > 1 && edges.length > 0 && graphView(nodes, edges)
        } else if (fresh.jobs <= small || Date.now() - readAt > pause || !isLive(fresh.state)) {
            readAt = Date.now()
            const list = await all(`${path}/jobs`, 'jobs', graphLimit)
            jobs = new Map(list.map(job => [job.id, job]))
            if (graph) graph.update(list)
        }
        why = isLive(fresh.state) ? await get(`${path}/why`, {}, { signal }).catch(() => null) : null
        record = fresh
        if (wasLive && !isLive(fresh.state)) announce(`The build ended: ${fresh.state}.`)
    }

    /** States change at once; the rest follows when it is loaded. */
    function events(events) {
        const changed = []
        for (const event of events) {
            const job = jobs.get(event.job)
            const state = event.event === 'job.started' ? 'running' : event.event === 'job.ended' ? event.data?.state : undefined
            if (!job || !state) continue
            const next = { ...job, state }
            if (state === 'running') next.started ??= event.time
            jobs.set(job.id, next)
            changed.push(next)
        }
        if (changed.length && graph) graph.update(changed)
    }

    const done = () => record.state === 'running' ? `${percent(ended(record) / Math.max(1, record.jobs))} ` : ''

    const act = (verb, done) => post(`/builds/${part(id)}/${verb}`).then(() => (say(done), reload()), error => say(error.message, 'bad'))
    const cancel = async () => {
        const waiting = (record.pending ?? 0) + (record.running ?? 0)
        if (canCancel() && (await confirm('Cancel this build?',
            `${plural(waiting, 'job')} of ${record.id} will not be finished.`, 'Cancel the build'))) await act('cancel',
            'The build is being cancelled.')
    }
    const retry = async () => canRetry() && act('retry', 'What failed is tried again.')
    const canCancel = () => record && isLive(record.state) && !record.cancelling && may('submit')
    const canRetry = () => record && (record.failed || record.cancelled) && may('submit')

    function heading() {
        return h('div', { class: 'heading' },
            h('h1', {}, mark(record.state, 20), (record.labels ?? []).join(' ') || record.key || 'Build', ' ', h('code', {}, record.id)),
            h('div', { class: 'buttons' },
                canRetry() && action('Retry failed', { key: 'retry', title: 'r' }, retry),
                canCancel() && action('Cancel', { key: 'cancel', class: 'danger', title: 'c' }, cancel)))
    }

    function progress() {
        const counts = countsOf(record)
        return h('div', { class: 'panel progress' },
            h('p', {}, h('b', {}, percent(record.jobs ? ended(record) / record.jobs : 1)),
                h('span', {}, `${count(ended(record))} of ${plural(record.jobs, 'job')}`), eta(record),
                record.cancelling && h('span', { class: 'tag' }, 'being cancelled'),
                record.paused && h('span', { class: 'tag' }, `paused by ${record.paused.by ?? 'somebody'}`)),
            bar(record),
            h('div', { class: 'choices', role: 'group', 'aria-label': 'Jobs by state' },
                ['', ...jobStates].filter(state => !state || counts[state] > 0).map(state =>
                h('button', { key: state, type: 'button', 'aria-pressed': String(chosen === state),
                    onclick: () => choose(state) }, state ? [mark(state, 14), `${count(counts[state])} ${state}`] : 'All'))),
            h('dl', { class: 'facts' }, fact('Submitted', [when(record.created), record.owner && ` by ${record.owner}`]),
                fact('Started', when(record.started)), fact('Ended', when(record.ended)), fact('Took', elapsed(record)),
                fact('Priority', record.priority), fact('Starts', record.not_before && when(record.not_before)),
                record.critical_path?.length > 1 && fact('Longest chain left', record.critical_path.slice(0, 6).join(' → '))),
            why?.reason && record.state === 'pending' && h('p', { class: 'notice' }, `Nothing runs yet: ${why.reason}.`))
    }

    function choose(state) {
        chosen = state
        limit = shownAtFirst
        redraw()
    }

    function filter(event) {
        text = event.target.value.trim()
        graph && graph.mark(text)
        redraw()
    }

    function list() {
        const fits = [...jobs.values()].filter(job => (!chosen || stateOf(job) === chosen) && (!text || nameOf(job).includes(text)))
        const rank = { failed: 0, running: 1, pending: 2, skipped: 3, cancelled: 4, success: 5, unchanged: 6 }
        const ordered = fits.sort((a, b) => rank[stateOf(a)] - rank[stateOf(b)])
        return panel('Jobs', h('input',
            { type: 'search', placeholder: 'Filter by name', 'aria-label': 'Filter jobs by name', value: text, oninput: filter }),
            ordered.length ? h('div', { class: 'rows' }, ordered.slice(0, limit).map(jobRow)) : empty('No job is like that.'),
            ordered.length > limit && h('button', { class: 'more', onclick: () => { limit += 500; redraw() } },
                `Show more of ${count(ordered.length)}`))
    }

    return {
        load, events,
        isLoaded: () => record !== null,
        concerns: event => event.build === record?.id,
        state: () => record?.state,
        title: () => record ? `${done()}${record.state} · ${record.labels?.[0] ?? record.id} · bf` : 'bf',
        up: () => '#/builds',
        keys: () => ({ c: cancel, r: retry }),
        draw: () => record && h('div', { key: id }, heading(), progress(),
            graph && panel('Graph', h('span', {}, 'needs to the left, dependents to the right'), graph.element),
            record.jobs > graphLimit && h('p', { class: 'notice' },
            `The graph is shown of builds with at most ${count(graphLimit)} jobs.`), list()),
    }
}

const jobRow = job => row(toJob(job.id), { key: job.id, class: 'job' }, mark(stateOf(job)),
    h('span', { class: 'what' }, h('b', {}, nameOf(job)), job.version && h('small', {}, job.version), h('small', {}, job.arch),
        job.attempts > 1 && h('small', { class: 'tag' }, plural(job.attempts, 'attempt'))),
    h('span', { class: 'why' },
        job.class ? [h('span', { class: 'failed' }, job.class.replace('_', ' ')), ' ',
        job.message] : job.message ?? (job.waits_for && waits[job.waits_for])),
    h('span', { class: 'time' },
        job.duration_ms !== undefined && job.state !== 'skipped' ? span(job.duration_ms) : job.state === 'running' ? elapsed(job) : ''))
