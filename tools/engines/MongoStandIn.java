import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import java.nio.ByteBuffer;
import java.util.List;
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
          protected MongoCollection<Object> openOrCreateCollection(String collection, CollectionOptions options) {
            String full = name + "." + collection;
            MVMap.Builder<Object, Document> builder = new MVMap.Builder<>();
            builder.setValueType(new OneMaxKey());
            MVMap<Object, Document> documents = getMvStore().openMap("databases." + full, builder);
            return new H2Collection(this, collection, options, documents, getMvStore().openMap("meta." + full), getCursorRegistry());
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
