/* The heap, block by block, in lanes by owner and generation. A block is as many rows of words as the level
 * of detail says; from there on, every closure is a rectangle in its kind's colour, and has its glyph where
 * there is room. Zoom chooses the level; without zooming, the finest one that shows the whole heap. */
#include <inttypes.h>
#include <string.h>

#include "inspect/gui/app.h"

enum { MOST_LANES = 32, LANE_LABEL = 118, LANE_LINE = 14, LANE_GAP = 5, BLOCK_GAP = 3 };

/* A block of `words` words is drawn in `rows` rows, each row_height pixels high, `word` thousandths of a
 * pixel a word. */
typedef struct Detail {
    int rows, row_height, word;
} Detail;
static const Detail details[] = {{1, 5, 10},    {1, 8, 20},    {1, 10, 60},     {1, 12, 125},
                                 {1, 12, 250},  {2, 10, 500},  {2, 11, 1000},   {4, 11, 2000},
                                 {4, 12, 3000}, {8, 13, 6000}, {16, 15, 12000}, {16, 18, 20000}};
enum { DETAIL_COUNT = sizeof details / sizeof details[0] };

typedef struct Lane {
    const char *owner;
    int generation; /* -1: does not matter */
    uint64_t blocks, used;
} Lane;

typedef struct Sheet {
    App *a;
    Canvas *c; /* NULL: only measure */
    SDL_Rect area;
    const Playback *play;
    uint32_t block_words;
    Detail d;
    Lane lanes[MOST_LANES];
    int lane_count;
    int y; /* where the next row of blocks begins */
} Sheet;

/* ---- Lanes */

static bool has_generations(const char *owner)
{
    return strcmp(owner, "GENERATION") == 0 || strcmp(owner, "LARGE") == 0 || strcmp(owner, "NURSERY") == 0;
}

static bool in_lane(const Lane *l, const PlayBlock *b)
{
    return strcmp(l->owner, b->owner) == 0 && (l->generation < 0 || l->generation == b->generation);
}

/* The order of blocks/owners.def, as a person reads a heap: young to old, then the rest, free ones last. */
static int owner_rank(const char *owner)
{
    static const char *const order[] = {"NURSERY", "GENERATION", "LARGE",     "PINNED", "STATIC",
                                        "USER",    "REMEMBERED", "COLLECTOR", "FREE"};
    int k = 0, count = sizeof order / sizeof order[0];
    while (k < count && strcmp(order[k], owner) != 0) k++;
    return k;
}

static bool lane_before(const Lane *a, const Lane *b)
{
    int ra = owner_rank(a->owner), rb = owner_rank(b->owner);
    return ra != rb ? ra < rb : a->generation < b->generation;
}

static Lane *lane_of(Sheet *s, const PlayBlock *b)
{
    for (int k = 0; k < s->lane_count; k++)
        if (in_lane(&s->lanes[k], b)) return &s->lanes[k];
    if (s->lane_count == MOST_LANES) return &s->lanes[MOST_LANES - 1];
    Lane lane = {.owner = b->owner, .generation = has_generations(b->owner) ? b->generation : -1};
    int at = s->lane_count++;
    for (; at > 0 && lane_before(&lane, &s->lanes[at - 1]); at--) s->lanes[at] = s->lanes[at - 1];
    s->lanes[at] = lane;
    return &s->lanes[at];
}

static void count_words(void *context, const PlayObject *o) { *(uint64_t *)context += o->words; }

static void find_lanes(Sheet *s)
{
    for (uint32_t k = 0; k < playback_block_count(s->play); k++) {
        const PlayBlock *b = playback_block(s->play, k);
        Lane *lane = lane_of(s, b);
        lane->blocks += b->blocks;
        for (uint32_t n = 0; n < b->blocks; n++)
            playback_each_in_block(s->play, b->number + n, count_words, &lane->used);
    }
}

static const char *lane_title(const Lane *l, char *out, size_t size)
{
    if (strcmp(l->owner, "GENERATION") == 0)
        snprintf(out, size, "gen %d", l->generation);
    else if (strcmp(l->owner, "LARGE") == 0)
        snprintf(out, size, "large g%d", l->generation);
    else {
        SDL_strlcpy(out, l->owner, size);
        for (char *s = out; *s; s++) *s = (char)SDL_tolower(*s);
    }
    return out;
}

/* ---- Blocks */

static int px_words(const Sheet *s, uint64_t words) { return (int)(words * (uint64_t)s->d.word / 1000); }
static int block_width(const Sheet *s)
{
    return SDL_max(2, px_words(s, s->block_words / (uint32_t)s->d.rows));
}
static int block_height(const Sheet *s) { return s->d.rows * s->d.row_height; }

typedef struct BlockPen {
    Sheet *s;
    SDL_Rect rect;
    uint32_t first_word; /* of the group, that this block begins with */
} BlockPen;

static SDL_Color closure_color(const Canvas *c, const KindStyle *style)
{
    if (style->hue == HUE_NONE) return c->theme->border[HUE_NONE];
    if (style->hue == HUE_BLACK)
        return c->theme->dark ? (SDL_Color){0, 0, 0, 255} : c->theme->fill[HUE_BLACK];
    if (style->hue == HUE_PAPER) return color_mix(c->theme->pane, c->theme->dim, 0.45);
    return kind_fill(c, style);
}

/* The part of a closure in one row of words of its block. */
static void draw_part(const BlockPen *pen, const PlayObject *o, SDL_Rect part, bool first)
{
    Canvas *c = pen->s->c;
    const KindStyle *style = kind_style(o->kind);
    bool chosen = o->id == pen->s->a->selected, wide = part.w >= 12 && pen->s->d.row_height >= 12;
    if (part.w > 3) part.w -= 1;
    draw_fill(c, part, closure_color(c, style));
    if (style->hue == HUE_BLACK && part.w > 2) draw_frame(c, part, c->theme->border[HUE_BLACK], 1);
    if (style->hue == HUE_NONE && part.w > 4) draw_fill(c, rect_inset(part, 1), c->theme->pane);
    if (style->pattern == PATTERN_HATCH && part.w > 6)
        draw_hatch(c, part, color_mix(closure_color(c, style), kind_ink(c, style), 0.45), 4);
    if (first && wide && !o->dead)
        draw_text_centred(c, TEXT_SMALL - 1, true, part, kind_ink(c, style), style->glyph);
    if (o->dead) draw_hatch(c, part, c->theme->pane, 3);
    if (chosen) draw_frame(c, rect_inset(part, -2), c->theme->ring, 2);
    canvas_hot(c, part, HOT_SELECT, o->id);
}

static void draw_closure(void *context, const PlayObject *o)
{
    const BlockPen *pen = context;
    const Sheet *s = pen->s;
    uint32_t per_row = s->block_words / (uint32_t)s->d.rows, at = o->at.offset, left = o->words;
    if (at + left <= pen->first_word) return;
    if (at < pen->first_word) {
        left -= pen->first_word - at;
        at = pen->first_word;
    }
    at -= pen->first_word;
    while (left && at < s->block_words) {
        uint32_t row = at / per_row, column = at % per_row, here = SDL_min(left, per_row - column);
        int x = px_words(s, column);
        SDL_Rect part = {pen->rect.x + x, pen->rect.y + (int)row * s->d.row_height,
                         SDL_max(1, px_words(s, column + here) - x), s->d.row_height - (s->d.rows > 1)};
        draw_part(pen, o, part, at + pen->first_word == o->at.offset);
        at += here;
        left -= here;
    }
}

/* Generation as border: none for 0, single for 1, double for 2, thick for large ones. */
static void draw_block_border(const Sheet *s, SDL_Rect r, const PlayBlock *b)
{
    Canvas *c = s->c;
    bool large = strcmp(b->owner, "LARGE") == 0;
    SDL_Color line = color_mix(c->theme->pane, c->theme->dim, 0.8);
    if (strcmp(b->owner, "FREE") == 0)
        draw_dashed_frame(c, r, c->theme->line, 1, 3, 3);
    else if (large)
        draw_frame(c, rect_inset(r, -1), line, 2);
    else if (b->generation == 1)
        draw_frame(c, rect_inset(r, -1), line, 1);
    else if (b->generation > 1) {
        draw_frame(c, rect_inset(r, -2), line, 1);
        draw_frame(c, r, line, 1);
    }
}

/* A group of several blocks holds one object that begins in its first block, or a block's worth in each. */
static void draw_block(Sheet *s, SDL_Rect r, const PlayBlock *b, uint32_t n)
{
    bool is_free = strcmp(b->owner, "FREE") == 0;
    BlockPen pen = {s, r, 0};
    if (!SDL_HasIntersection(&r, &s->c->clip)) return;
    if (!is_free) draw_fill(s->c, r, s->c->theme->faint_line);
    draw_block_border(s, r, b);
    if (is_free) return;
    playback_each_in_block(s->play, b->number + n, draw_closure, &pen);
    pen.first_word = n * s->block_words;
    if (n) playback_each_in_block(s->play, b->number, draw_closure, &pen);
}

/* Name and fill level; below them, if the lane is high enough, how many blocks. */
static void draw_lane_label(const Sheet *s, const Lane *l, int y, int height)
{
    char title[32], text[48] = "";
    Canvas *c = s->c;
    SDL_Rect ground = {s->area.x, y, px(c, LANE_LABEL - 6), height};
    uint64_t words = l->blocks * s->block_words;
    bool objects = owner_rank(l->owner) < owner_rank("REMEMBERED");
    draw_fill(c, ground, c->theme->pane);
    draw_text(c, TEXT_SMALL, true, s->area.x, y, ground.w, c->theme->text,
              lane_title(l, title, sizeof title));
    if (objects && words) snprintf(text, sizeof text, "%" PRIu64 "%%", l->used * 100 / words);
    int x = s->area.x + ground.w - draw_text_width(c, TEXT_SMALL, false, text);
    draw_text(c, TEXT_SMALL, false, x, y, ground.w, c->theme->dim, text);
    if (height < px(c, 28)) return;
    snprintf(text, sizeof text, "%" PRIu64 " block%s", l->blocks, l->blocks == 1 ? "" : "s");
    draw_text(c, TEXT_SMALL, false, s->area.x, y + px(c, 14), ground.w, c->theme->dim, text);
}

static void lay_lane(Sheet *s, const Lane *lane)
{
    int left = s->area.x + (int)(LANE_LABEL * s->a->request.scale), top = s->y, x = left;
    int right = s->area.x + s->area.w, width = block_width(s);
    for (uint32_t k = 0; k < playback_block_count(s->play); k++) {
        const PlayBlock *b = playback_block(s->play, k);
        if (!in_lane(lane, b)) continue;
        for (uint32_t n = 0; n < b->blocks; n++) {
            if (x > left && x + width > right) {
                x = left;
                s->y += block_height(s) + BLOCK_GAP;
            }
            if (s->c) draw_block(s, (SDL_Rect){x - s->a->map.x, s->y, width, block_height(s)}, b, n);
            x += width + BLOCK_GAP;
        }
    }
    s->y = SDL_max(s->y + block_height(s), top + (int)(LANE_LINE * s->a->request.scale)) + LANE_GAP;
    if (s->c) draw_lane_label(s, lane, top, s->y - LANE_GAP - top);
}

/* ---- The level of detail */

/* Blocks get wider until they fill their lane from side to side. */
static Detail stretched(const Sheet *s, int level)
{
    Detail d = details[level];
    int room = s->area.w - (int)(LANE_LABEL * s->a->request.scale);
    int words = (int)s->block_words / d.rows, width = SDL_max(2, words * d.word / 1000);
    int beside = SDL_max(1, (room + BLOCK_GAP) / (width + BLOCK_GAP));
    int wider = (room - (beside - 1) * BLOCK_GAP) / beside;
    if (width <= room && wider > width) d.word = wider * 1000 / SDL_max(words, 1);
    return d;
}

static int measure(Sheet *s, int level)
{
    s->d = stretched(s, level);
    s->y = 0;
    for (int k = 0; k < s->lane_count; k++) lay_lane(s, &s->lanes[k]);
    return s->y - LANE_GAP;
}

/* The finest level that needs no more height than there is, or than the coarsest one needs. */
static int fitting_level(Sheet *s)
{
    int height = SDL_max(s->area.h, measure(s, 0));
    int room = s->area.w - (int)(LANE_LABEL * s->a->request.scale), level = DETAIL_COUNT - 1;
    for (; level > 0; level--) {
        bool high = measure(s, level) > height;
        if (!high && block_width(s) <= room) break;
    }
    return level;
}

static Sheet sheet_new(App *a, SDL_Rect area)
{
    const Event_trace *header = trace_header(a->trace);
    uint32_t words = header && header->word ? (uint32_t)(header->block / header->word) : 512;
    Sheet s = {.a = a, .area = area, .play = model_playback(a->model), .block_words = SDL_max(words, 16)};
    find_lanes(&s);
    return s;
}

static int level_of(Sheet *s)
{
    int fits = fitting_level(s), level = SDL_clamp(fits + s->a->map.zoom, 0, DETAIL_COUNT - 1);
    s->a->map.zoom = level - fits;
    return level;
}

void map_draw(App *a, Canvas *c, SDL_Rect area)
{
    Sheet s = sheet_new(a, area);
    if (!s.lane_count) {
        draw_text(c, TEXT_BODY, false, area.x, area.y, area.w, c->theme->dim,
                  "the trace says nothing about blocks");
        return;
    }
    int level = level_of(&s), height = measure(&s, level);
    a->map.y = SDL_clamp(a->map.y, 0, SDL_max(0, height - area.h));
    a->map.x =
        SDL_clamp(a->map.x, 0, SDL_max(0, block_width(&s) + (int)(LANE_LABEL * a->request.scale) - area.w));
    s.c = c;
    s.y = area.y - a->map.y;
    for (int k = 0; k < s.lane_count; k++) lay_lane(&s, &s.lanes[k]);
    pane_scrollbar(c, area, a->map.y, height);
}

/* The content under the pointer stays there: what was scrolled grows as the heights do. */
void map_zoom(App *a, SDL_Rect area, int steps, int x, int y)
{
    Sheet s = sheet_new(a, area);
    int before_height = SDL_max(1, measure(&s, level_of(&s))), before_width = block_width(&s);
    a->map.zoom += steps;
    int after_height = measure(&s, level_of(&s));
    int left = x - area.x - (int)(LANE_LABEL * a->request.scale), top = y - area.y;
    a->map.y = (int)((int64_t)(a->map.y + top) * after_height / before_height) - top;
    a->map.x = (int)((int64_t)(a->map.x + left) * block_width(&s) / before_width) - left;
    a->map.x = SDL_max(a->map.x, 0);
}

void map_pan(App *a, SDL_Rect area, int dx, int dy)
{
    (void)area;
    a->map.x = SDL_max(0, a->map.x - dx);
    a->map.y = SDL_max(0, a->map.y - dy);
}

void map_fit(App *a) { a->map = (MapView){0}; }

void map_describe(App *a, FILE *out)
{
    char title[32];
    Sheet s = sheet_new(a, (SDL_Rect){0, 0, 800, 300});
    for (int k = 0; k < s.lane_count; k++)
        fprintf(out, "  %-12s %" PRIu64 " blocks, %" PRIu64 " words used\n",
                lane_title(&s.lanes[k], title, sizeof title), s.lanes[k].blocks, s.lanes[k].used);
    const PlayObject *o = a->selected ? playback_object(s.play, a->selected) : NULL;
    if (o)
        fprintf(out, "  #%" PRId64 " is in block %" PRIu32 " +%" PRIu32 "\n", o->id, o->at.block,
                o->at.offset);
}
