// The farm at a glance: what runs, what waits and why, who works.
import { get } from './api.js'
import { buildRow } from './builds.js'
import { h } from './dom.js'
import { empty, panel } from './parts.js'
import { queueRow } from './queue.js'
import { count, percent, plural, span } from './text.js'
import { runningJobs, workerRow } from './workers.js'

export function overview() {
    let data = null
    const load = async signal => {
        const day = new Date(Date.now() - 864e5).toISOString()
        const [active, recent, queue, workers, running, stats] = await Promise.all([
            get('/builds', { state: 'pending,running', limit: 50, forecast: true }, { signal }),
            get('/builds', { limit: 30 }, { signal }), get('/queue', { limit: 100 }, { signal }),
            get('/workers', {}, { signal }), runningJobs(signal), get('/stats', { since: day }, { signal }),
        ])
        data = { active: active.builds, recent: recent.builds, queue: queue.queue, workers: workers.workers, running,
            stats: stats.stats[0] }
        data.recent = data.recent.filter(build => !data.active.some(other => other.id === build.id))
    }
    const isBusy = () => data?.workers.some(worker => worker.running)
    return {
        load,
        isLoaded: () => data !== null,
        concerns: () => true,
        state: () => (isBusy() ? 'running' : data?.recent[0]?.state),
        title: () => (data?.running.length ? `${data.running.length} running · bf` : 'bf'),
        draw: () => data && h('div', { class: 'overview' }, h('h1', { class: 'unseen' }, 'Overview'), glance(data),
            h('div', { class: 'columns' }, left(data), right(data))),
    }
}

function glance({ active, queue, workers, running, stats }) {
    const slots = workers.reduce((sum, worker) => sum + worker.slots, 0)
    const rate = stats?.success_rate
    return h('dl', { class: 'glance' },
        tile('Builds under way', count(active.length), '#/builds?state=running,pending'),
        tile('Jobs running', count(running.length), '#/workers', slots > 0 && `of ${plural(slots, 'slot')}`),
        tile('Jobs waiting', count(active.reduce((sum, build) => sum + (build.pending ?? 0), 0)), '#/queue',
            queue.length > 0 && `${count(queue.filter(job => job.position).length)} ready`),
        tile('Succeeded in 24 h', rate === undefined ? '–' : percent(rate), '#/stats',
            stats?.attempts > 0 && `of ${plural(stats.attempts - stats.cancelled, 'attempt')}`),
        tile('Median time', stats?.median_ms === undefined ? '–' : span(stats.median_ms), '#/stats',
            stats?.p90_ms !== undefined && `p90 ${span(stats.p90_ms)}`))
}

const tile = (name, value, href, more) => h('a', { href, class: 'tile' }, h('dt', {}, name),
    h('dd', {}, h('b', {}, value), more && h('small', {}, more)))

function left({ active, recent }) {
    return h('div', {},
        panel('Under way', null, active.length ? h('div', { class: 'rows' }, active.map(buildRow)) : empty('Nothing is being built.')),
        panel('Recent', h('a', { href: '#/builds' }, 'All builds'),
            recent.length ? h('div', { class: 'rows' }, recent.slice(0, 20).map(buildRow))
            : empty('No build yet. ', h('code', {}, 'bf-submit hello.yaml'), ' makes one.')))
}

function right({ workers, running, queue }) {
    return h('div', {},
        panel('Workers', h('a', { href: '#/workers' }, 'Details'),
            workers.length ? h('div', { class: 'rows' }, workers.map(worker => workerRow(worker, running)))
            : empty('No runner is at work. ', h('code', {}, 'bf-run --daemon'), ' starts one.')),
        panel('Queue', h('a', { href: '#/queue' }, 'All that wait'),
            queue.length ? h('div', { class: 'rows' }, queue.slice(0, 12).map(queueRow)) : empty('Nothing waits.')))
}
