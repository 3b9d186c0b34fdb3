// Where the nodes of a graph go: levels from left to right, few crossings, straight lines. Pure; after Sugiyama, Tagawa and Toda (1981).

export const node = { width: 148, height: 26, across: 56, between: 10 }
export const cell = { side: 13, gap: 3, across: 34, tall: 40 }

/** Up to this many nodes are drawn with names and edges; more become small cells, with edges of one at a time. */
const detailed = 260

/** @returns {places: Map id -> {x, y, level}, edges: [{from, to, points}], width, height, isDetailed} */
export function layout(nodes, edges) {
    const graph = index(nodes, edges)
    return nodes.length > detailed ? cells(graph) : layers(graph)
}

/** Ids as numbers, needs and dependents of each, and levels: the longest way down. Edges of unknown nodes are left out. */
function index(nodes, edges) {
    const numbers = new Map(nodes.map((node, number) => [node.id, number]))
    const needs = nodes.map(() => [])
    const dependents = nodes.map(() => [])
    for (const [job, need] of edges) {
        const [to, from] = [numbers.get(job), numbers.get(need)]
        if (to === undefined || from === undefined || to === from) continue
        needs[to].push(from)
        dependents[from].push(to)
    }
    const level = nodes.map(() => 0)
    const open = needs.map(list => list.length)
    const ready = open.flatMap((count, number) => (count ? [] : [number]))
    for (const from of ready) {
        for (const to of dependents[from]) {
            level[to] = Math.max(level[to], level[from] + 1)
            if (--open[to] === 0) ready.push(to)
        }
    }
    return { ids: nodes.map(node => node.id), needs, dependents, level }
}

/** Levels as blocks of small cells. */
function cells({ ids, level }) {
    const places = new Map()
    const step = cell.side + cell.gap
    let x = 0
    let height = 0
    for (const members of group(level)) {
        const tall = Math.max(Math.min(cell.tall, members.length), Math.ceil(Math.sqrt(members.length)))
        members.forEach((number, place) => {
            places.set(ids[number], { x: x + Math.floor(place / tall) * step, y: (place % tall) * step, level: level[number] })
        })
        x += Math.ceil(members.length / tall) * step + cell.across
        height = Math.max(height, tall * step)
    }
    return { places, edges: [], width: x - cell.across, height, isDetailed: false }
}

function group(level) {
    const levels = []
    level.forEach((at, number) => (levels[at] ??= []).push(number))
    return levels.map(members => members ?? [])
}

function layers({ ids, needs, level }) {
    const count = ids.length
    const drawn = reduced(needs, level)
    // A long edge goes through one place on each level between: items past the nodes stand for those.
    const levels = group(level)
    const at = [...level]
    const before = needs.map(() => [])
    const after = needs.map(() => [])
    const chains = []
    const join = (from, to) => {
        after[from].push(to)
        before[to].push(from)
    }
    drawn.forEach((list, to) => list.forEach(from => {
        const chain = [from]
        for (let between = level[from] + 1; between < level[to]; between++) {
            const item = at.push(between) - 1
            before.push([])
            after.push([])
            levels[between].push(item)
            join(chain.at(-1), item)
            chain.push(item)
        }
        join(chain.at(-1), to)
        chains.push([...chain, to])
    }))
    const order = sorted(levels, before, after)
    const tall = item => (item < count ? node.height + node.between : 12)
    const y = heights(order, before, after, tall)
    const x = item => at[item] * (node.width + node.across)
    const top = Math.min(...y)
    const places = new Map(ids.map((id, number) => [id, { x: x(number), y: y[number] - top, level: level[number] }]))
    const edges = chains.map(chain => ({
        from: ids[chain[0]], to: ids[chain.at(-1)],
        points: chain.map((item,
            index) => ({ x: x(item) + (index === 0 ? node.width : 0), right: x(item) + node.width, y: y[item] - top + node.height / 2 })),
    }))
    return { places, edges, width: levels.length * (node.width + node.across) - node.across,
        height: Math.max(...y) - top + node.height, isDetailed: true }
}

/** The needs without those that follow from others: a line that another way tells already only hides it. */
function reduced(needs, level) {
    const below = needs.map(() => null)
    const reach = number => {
        if (below[number]) return below[number]
        const found = (below[number] = new Set())
        for (const need of needs[number]) {
            found.add(need)
            for (const deeper of reach(need)) found.add(deeper)
        }
        return found
    }
    return needs.map(list => list.filter(need => !list.some(other => other !== need && level[other] > level[need]
        && reach(other).has(need))))
}

/** Orders each level so that few lines cross: by the mean place of neighbours, forth and back; the best order met is kept. */
function sorted(levels, before, after) {
    let order = levels.map(level => [...level])
    let best = order
    let least = Infinity
    for (let round = 0; round < 12 && least > 0; round++) {
        const isForth = round % 2 === 0
        const near = isForth ? before : after
        for (const at of isForth ? order.keys() : [...order.keys()].reverse()) {
            const places = new Map()
            for (const level of [order[at - 1], order[at + 1]]) level?.forEach((item, place) => places.set(item, place))
            const weight = new Map(order[at].map((item, place) => [item,
                near[item].length ? mean(near[item].map(other => places.get(other) ?? place)) : place]))
            order[at] = [...order[at]].sort((a, b) => weight.get(a) - weight.get(b))
        }
        const crossed = crossings(order, after)
        if (crossed < least) [least, best] = [crossed, order.map(level => [...level])]
    }
    return best
}

const mean = numbers => numbers.reduce((sum, number) => sum + number, 0) / numbers.length

function crossings(order, after) {
    let sum = 0
    for (let at = 0; at + 1 < order.length; at++) {
        const place = new Map(order[at + 1].map((item, index) => [item, index]))
        const ends = order[at].flatMap(item => after[item].map(other => place.get(other)).sort((a, b) => a - b))
        for (let i = 0; i < ends.length; i++) for (let j = 0; j < i; j++) if (ends[j] > ends[i]) sum++
    }
    return sum
}

/** Heights that bring each item near to its neighbours and keep the order and the distances. */
function heights(order, before, after, tall) {
    const y = []
    const isAlone = item => !before[item].length && !after[item].length
    const alone = order.flatMap(level => level.filter(isAlone))
    order = order.map(level => level.filter(item => !isAlone(item)))
    for (const level of order) {
        let next = 0
        for (const item of level) {
            y[item] = next
            next += tall(item)
        }
    }
    for (let round = 0; round < 10; round++) {
        const isForth = round % 2 === 0
        for (const level of isForth ? order : [...order].reverse()) {
            const wish = item => {
                const near = round > 7 ? [...before[item], ...after[item]] : isForth ? before[item] : after[item]
                return near.length ? mean(near.map(other => y[other])) : y[item]
            }
            settle(level, level.map(wish), tall).forEach((value, index) => (y[level[index]] = value))
        }
    }
    // What is alone has nothing to be near to: it comes below the others of its level, the first.
    let next = Math.max(0, ...(order[0] ?? []).map(item => y[item] + tall(item)))
    for (const item of alone) {
        y[item] = next
        next += tall(item)
    }
    return y
}

/** The places nearest to the wished ones, in the least squares, that keep the distances: pool adjacent violators. */
function settle(level, wishes, tall) {
    const offsets = []
    level.reduce((sum, item) => (offsets.push(sum), sum + tall(item)), 0)
    const pools = []
    wishes.forEach((wish, index) => {
        let pool = { sum: wish - offsets[index], size: 1 }
        while (pools.length && pools.at(-1).sum / pools.at(-1).size > pool.sum / pool.size) {
            const last = pools.pop()
            pool = { sum: last.sum + pool.sum, size: last.size + pool.size }
        }
        pools.push(pool)
    })
    return pools.flatMap(pool => Array(pool.size).fill(pool.sum / pool.size)).map((value, index) => value + offsets[index])
}
