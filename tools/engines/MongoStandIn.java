import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ObjectDataType;

/** mongo-java-server on a file and a loopback port: `java -cp "jars/*" MongoStandIn.java FILE PORT`. It ends when who started it does, however that ended. */
public class MongoStandIn {
  public static void main(String[] args) throws Exception {
    H2Backend backend = new H2Backend(MVStore.open(args[0])) {
      @Override
      protected MongoDatabase openOrCreateDatabase(String name) {
        return new H2Database(name, getMvStore(), getCursorRegistry()) {
          @Override
          protected Index<Object> openOrCreateUniqueIndex(String collection, String index, List<IndexKey> keys, boolean sparse) {
            return new ByIdFirst(index, keys, sparse, super.openOrCreateUniqueIndex(collection, index, keys, sparse));
          }

          @Override
          protected Index<Object> openOrCreateSecondaryIndex(String collection, String index, List<IndexKey> keys, boolean sparse) {
            return new ByValue(index, keys);
          }

          @Override
          public Document handleCommand(Channel channel, String command, Document asked, DatabaseResolver databases, Oplog oplog) {
            Object first = asked.get("pipeline") instanceof List<?> stages && !stages.isEmpty() ? stages.get(0) : null;
            if (first instanceof Document stage && stage.get("$match") instanceof Document match) Matching.FIRST.set(match);
            try {
              return super.handleCommand(channel, command, asked, databases, oplog);
            } finally {
              Matching.FIRST.remove();
            }
          }

          @Override
          protected MongoCollection<Object> openOrCreateCollection(String collection, CollectionOptions options) {
            String full = name + "." + collection;
            MVMap.Builder<Object, Document> builder = new MVMap.Builder<>();
            builder.setValueType(new OneMaxKey());
            MVMap<Object, Document> documents = getMvStore().openMap("databases." + full, builder);
            return new Matching(this, collection, options, documents, getMvStore().openMap("meta." + full), getCursorRegistry());
          }
        };
      }
    };
    // Drivers of today refuse the version it gives by itself.
    backend.version(new MongoVersion() {
      @Override
      public List<Integer> getVersionArray() {
        return List.of(5, 0, 0);
      }

      @Override
      public int getWireVersion() {
        return 13;
      }
    });
    MongoServer server = new MongoServer(backend);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
    ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
    try {
      server.bind("127.0.0.1", Integer.parseInt(args[1]));
    } catch (Exception error) {
      System.err.println(error);
      System.exit(1); // threads of the store would hold it back
    }
  }

  /** Documents come back from the file with MaxKeys of their own, which equal no other: after a restart, or sooner, nothing would be found by them. */
  private static class OneMaxKey extends ObjectDataType {
    @Override
    public Object read(ByteBuffer buffer) {
      Object found = super.read(buffer);
      if (found instanceof Document document) document.replaceAll((field, value) -> value instanceof MaxKey ? MaxKey.getInstance() : value);
      return found;
    }
  }

  /** A collection whose aggregations begin with what their first stage matches, found as any query is; without it they go through all documents. */
  private static class Matching extends H2Collection {
    static final ThreadLocal<Document> FIRST = new ThreadLocal<>();

    Matching(
      MongoDatabase database, String name, CollectionOptions options, MVMap<Object, Document> documents, MVMap<String, Object> meta, CursorRegistry cursors
    ) {
      super(database, name, options, documents, meta, cursors);
    }

    @Override
    public Stream<Document> queryAllAsStream() {
      Document match = FIRST.get();
      FIRST.remove(); // what further stages look up is another question
      return match == null ? super.queryAllAsStream() : handleQueryAsStream(match);
    }
  }

  /**
   * An index that is not unique, which mongo-java-server lacks: it finds documents by the first field after the tenant, where a query names values of it,
   * and the rest of the query is tested on what it finds. It lies in memory and is filled when its collection is opened.
   */
  private static class ByValue extends Index<Object> {
    private final String field;
    private final Map<Object, Set<Object>> positions = new HashMap<>();

    ByValue(String name, List<IndexKey> keys) {
      super(name, keys, true);
      field = keys.get(Math.min(1, keys.size() - 1)).getKey();
    }

    private static Object normal(Object value) {
      return value instanceof Number number ? (Object) number.doubleValue() : value instanceof Missing ? null : value;
    }

    private Set<Object> valuesOf(Document document) {
      Object value = document.get(field);
      Set<Object> values = new HashSet<>();
      if (value instanceof Collection<?> list) for (Object one : list) values.add(normal(one));
      else values.add(normal(value));
      return values;
    }

    /** The values one of which a document must have; null where the query does not say. */
    private Collection<?> wanted(Document query) {
      for (Map.Entry<String, Object> part : query.entrySet()) {
        Object value = part.getValue();
        if (part.getKey().equals(field)) {
          if (value instanceof Document condition) {
            if (condition.get("$in") instanceof Collection<?> list) return list;
          } else if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean || value instanceof MaxKey) {
            return Collections.singletonList(value);
          }
        } else if (part.getKey().equals("$and") && value instanceof Collection<?> parts) {
          for (Object one : parts) {
            Collection<?> found = wanted((Document) one);
            if (found != null) return found;
          }
        }
      }
      return null;
    }

    @Override
    public boolean canHandle(Document query) {
      return wanted(query) != null;
    }

    @Override
    public synchronized Iterable<Object> getPositions(Document query) {
      Set<Object> found = new LinkedHashSet<>();
      for (Object value : wanted(query)) found.addAll(positions.getOrDefault(normal(value), Set.of()));
      return found;
    }

    @Override
    public synchronized void add(Document document, Object position, MongoCollection<Object> collection) {
      for (Object value : valuesOf(document)) positions.computeIfAbsent(value, none -> new LinkedHashSet<>()).add(position);
    }

    @Override
    public synchronized Object remove(Document document) {
      Object position = document.get("_id");
      for (Object value : valuesOf(document)) {
        Set<Object> those = positions.get(value);
        if (those != null && those.remove(position) && those.isEmpty()) positions.remove(value);
      }
      return position;
    }

    @Override
    public void updateInPlace(Document before, Document after, Object position, MongoCollection<Object> collection) {
      if (valuesOf(before).equals(valuesOf(after))) return;
      remove(before);
      add(after, position, collection);
    }

    @Override
    public Object getPosition(Document document) {
      return document.get("_id");
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Object> collection) {}

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {}

    @Override
    public synchronized long getCount() {
      return positions.size();
    }

    @Override
    public long getDataSize() {
      return 0;
    }

    @Override
    public synchronized void drop() {
      positions.clear();
    }
  }

  /** An index that also serves a query for its key and more, as MongoDB's does: the rest is tested on what it finds. Without it such queries scan. */
  private static class ByIdFirst extends Index<Object> {
    private final Index<Object> index;

    ByIdFirst(String name, List<IndexKey> keys, boolean sparse, Index<Object> index) {
      super(name, keys, sparse);
      this.index = index;
    }

    private Document keyOf(Document query) {
      return query.containsKey("_id") && keySet().equals(java.util.Set.of("_id")) ? new Document("_id", query.get("_id")) : query;
    }

    @Override
    public boolean canHandle(Document query) {
      return index.canHandle(keyOf(query));
    }

    @Override
    public Iterable<Object> getPositions(Document query) {
      return index.getPositions(keyOf(query));
    }

    @Override
    public Object getPosition(Document document) {
      return index.getPosition(document);
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Object> collection) {
      index.checkAdd(document, collection);
    }

    @Override
    public void add(Document document, Object position, MongoCollection<Object> collection) {
      index.add(document, position, collection);
    }

    @Override
    public Object remove(Document document) {
      return index.remove(document);
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
      index.checkUpdate(before, after, collection);
    }

    @Override
    public void updateInPlace(Document before, Document after, Object position, MongoCollection<Object> collection) {
      index.updateInPlace(before, after, position, collection);
    }

    @Override
    public long getCount() {
      return index.getCount();
    }

    @Override
    public long getDataSize() {
      return index.getDataSize();
    }

    @Override
    public boolean isUnique() {
      return true;
    }

    @Override
    public void drop() {
      index.drop();
    }
  }
}
