/* The window's state and what its files share.
 *
 * Always true: what is shown is a function of the App; input only changes the App (actions.c, one function
 * per command of keys.def) and marks it dirty; painting (paint.c) only reads the trace and leaves hotspots.
 * The position in time is the model's. */
#ifndef THUNKSCOPE_INSPECT_GUI_APP_H
#define THUNKSCOPE_INSPECT_GUI_APP_H

#include "inspect/gui/graph_layout.h"
#include "inspect/gui/keys.h"
#include "inspect/gui/layout.h"
#include "inspect/gui/rows.h"
#include "inspect/gui/series.h"

enum { MOST_MARKS = 64, MOST_EXPANDED = 64, MOST_PAST = 64, LONGEST_INPUT = 120 };

typedef struct Live Live;

typedef enum Overlay { OVERLAY_NONE, OVERLAY_HELP, OVERLAY_LEGEND, OVERLAY_TEXT } Overlay;
typedef enum Prompt { PROMPT_NONE, PROMPT_SEARCH, PROMPT_GOTO, PROMPT_MARK } Prompt;

/* Where the graph is looked at: world point (x, y) is at the pane's top left corner, behind the tabs. */
typedef struct GraphView {
    Places *places;
    Graph *graph; /* of `position` and the options; NULL: to be made */
    int64_t position;
    double zoom, x, y;
    bool follow; /* the view fits itself to the graph until the user moves it */
    GraphOptions options;
    ObjectId expanded[MOST_EXPANDED];
} GraphView;

typedef struct MapView {
    int zoom; /* steps above or below what fits */
    int x, y; /* scrolled so many pixels */
} MapView;

typedef struct TimelineView {
    Series *series;
    uint64_t first, last; /* shown; both 0: everything */
} TimelineView;

typedef struct Mark {
    int64_t event;
    char note[LONGEST_INPUT];
} Mark;

/* Steps in one direction until the stack is at most so deep: step over and out. */
typedef struct Hunt {
    int direction; /* 0: none */
    int64_t depth;
} Hunt;

typedef struct Drag {
    bool active, moved;
    int button, x, y;
    PaneId pane;
    int64_t box; /* key of the graph's box under it, 0: the background */
} Drag;

typedef struct App {
    Trace *trace;
    Model *model;
    Live *live; /* NULL: a recording */

    LayoutRequest request;
    PaneLayout layout;
    int theme;
    Hotspots hot;
    PaneId focus;
    int cursor[PANE_COUNT];   /* of the keyboard in the pane's hotspots; -1: none */
    int scroll_x[PANE_COUNT]; /* pixels */
    int scroll[PANE_COUNT];
    int64_t scrolled_for[PANE_COUNT]; /* what the pane scrolled to by itself the last time */

    ObjectId selected;
    ObjectId past[MOST_PAST];
    int past_count, past_at;
    char query[LONGEST_INPUT];

    bool playing;
    int speed; /* 2^speed steps a second, quartered */
    Uint32 next_tick;
    Hunt hunt;

    Overlay overlay;
    int overlay_scroll;
    Prompt prompt;
    char input[LONGEST_INPUT];
    char status[200];

    GraphView graph;
    MapView map;
    TimelineView timeline;
    Mark marks[MOST_MARKS];
    int mark_count;
    uint32_t marks_seen; /* of the trace's own */
    bool technical;

    int mouse_x, mouse_y;
    Drag drag;
    bool swallow_typed; /* the text of a key that was a command */
    bool dirty, quit, want_screenshot, want_full_screen;
} App;

/* ---- app.c */
/* Takes over trace; live may be NULL. */
App *app_new(Trace *trace, Live *live);
void app_free(App *a);
void app_say(App *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
void app_seek(App *a, int64_t n);
/* After the model's position changed by other means. */
void app_moved(App *a);
void app_select(App *a, ObjectId id);
bool app_goto(App *a, const char *where); /* event, "end", step:N, gc:N, mark's note; false: no such place */
typedef enum PlaceKind { PLACE_END, PLACE_EVENT, PLACE_STEP, PLACE_COLLECTION, PLACE_MARK } PlaceKind;
typedef struct AppPlace {
    PlaceKind kind;
    int64_t n; /* of EVENT, STEP, COLLECTION */
} AppPlace;
AppPlace place_parse(const char *where);
/* A turn of the clock: plays, hunts, reads what is live. Says for how many ms nothing will happen. */
int app_tick(App *a, Uint32 now);

/* ---- actions.c, input.c */
void app_act(App *a, Key key);
void app_press_hot(App *a, const Hotspot *h, int x, int y);
void app_event(App *a, const SDL_Event *e);
void app_find(App *a, bool backwards);
void prompt_done(App *a);
bool mark_add(App *a, int64_t event, const char *note); /* false: there are too many */

/* ---- paint.c */
/* Reads what is new in the trace into the timeline. */
void app_index(App *a);
void app_paint(App *a, Canvas *c);
/* The text of all panes of the layout, or of one. */
void app_describe(App *a, FILE *out);
void pane_describe(App *a, PaneId pane, FILE *out);

/* ---- What a pane is. Either it makes rows, or it draws and describes itself. */
typedef struct PaneType {
    void (*rows)(App *a, Rows *r);
    void (*draw)(App *a, Canvas *c, SDL_Rect area);
    void (*describe)(App *a, FILE *out);
    void (*zoom)(App *a, SDL_Rect area, int steps, int x, int y);
    void (*pan)(App *a, SDL_Rect area, int dx, int dy);
    void (*fit)(App *a);
} PaneType;
extern const PaneType pane_types[PANE_COUNT];
SDL_Rect pane_area(const App *a, PaneId pane); /* of its content; w 0: not shown */
/* Right of an area that has not room for `height`; nothing, if it has. */
void pane_scrollbar(Canvas *c, SDL_Rect area, int scroll, int height);

/* ---- The panes' own files */
void code_draw(App *a, Canvas *c, SDL_Rect area);
void code_describe(App *a, FILE *out);
void graph_draw(App *a, Canvas *c, SDL_Rect area);
void graph_describe(App *a, FILE *out);
void graph_zoom(App *a, SDL_Rect area, int steps, int x, int y);
void graph_pan(App *a, SDL_Rect area, int dx, int dy);
void graph_fit(App *a);
void graph_forget(App *a); /* the graph has to be made anew */
void graph_center(App *a, ObjectId id);
int64_t graph_box_at(App *a, SDL_Rect area, int x, int y); /* its key, 0: none */
void graph_move_box(App *a, int64_t key, int dx, int dy);  /* screen pixels; pins it */
void map_draw(App *a, Canvas *c, SDL_Rect area);
void map_describe(App *a, FILE *out);
void map_zoom(App *a, SDL_Rect area, int steps, int x, int y);
void map_pan(App *a, SDL_Rect area, int dx, int dy);
void map_fit(App *a);
void timeline_draw(App *a, Canvas *c, SDL_Rect area);
void timeline_describe(App *a, FILE *out);
void timeline_zoom(App *a, SDL_Rect area, int steps, int x, int y);
void timeline_pan(App *a, SDL_Rect area, int dx, int dy);
void timeline_fit(App *a);
void timeline_seek_at(App *a, SDL_Rect area, int x);
void stack_rows(App *a, Rows *r);
void inspector_rows(App *a, Rows *r);
void retainers_rows(App *a, Rows *r);
void explain_rows(App *a, Rows *r);
void census_rows(App *a, Rows *r);

/* ---- Around the panes */
void toolbar_draw(App *a, Canvas *c, SDL_Rect area);
void toolbar_describe(App *a, FILE *out);
void help_draw(App *a, Canvas *c, SDL_Rect window);
void legend_draw(App *a, Canvas *c, SDL_Rect window);
void text_overlay_draw(App *a, Canvas *c, SDL_Rect window);
void prompt_draw(App *a, Canvas *c, SDL_Rect window);
void overlay_describe(App *a, FILE *out);

/* "4 812" */
const char *number_spoken(uint64_t n, char *out, size_t size);
/* Hotspot of an object in running text: "#12". */
void row_object(App *a, Rows *r, ObjectId id);

#endif
